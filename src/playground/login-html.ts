/** The page that asks for the token: no script, so that its policy can forbid all. `problem` is a sentence of ours. */
export function loginPage(problem?: string): string {
  const told = problem === undefined ? '' : `<p role="alert">${problem}</p>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>threatbrief playground</title>
<link rel="icon" href="/playground/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/playground/page.css">
</head>
<body>
<main>
<h1>threatbrief playground</h1>
${told}<form method="post" action="/playground/login">
<p><label for="token">Token</label> <input id="token" name="token" type="password" autocomplete="current-password" required autofocus> <button type="submit">Open</button></p>
</form>
<p>The token is the value of PLAYGROUND_TOKEN on the server.</p>
</main>
</body>
</html>
`;
}

/** A form may be sent, to this server only. */
export const loginPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
