/** A page of the playground around its body: no script and no style of its own, so that its policy can forbid both. */
export function pageFrame(body: string): string {
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
${body}
</body>
</html>
`;
}
