import { pageFrame } from './page-frame.ts';

/** The page that asks for the token: no script, so that its policy can forbid all. `problem` is a sentence of ours. */
export function loginPage(problem?: string): string {
  const told = problem === undefined ? '' : `<p role="alert">${problem}</p>\n`;
  return pageFrame(`<main>
<h1>threatbrief playground</h1>
${told}<form method="post" action="/playground/login">
<p><label for="token">Token</label> <input id="token" name="token" type="password" autocomplete="current-password" required autofocus> <button type="submit">Open</button></p>
</form>
<p>The token is the value of PLAYGROUND_TOKEN on the server.</p>
</main>`);
}

/** A form may be sent, to this server only. */
export const loginPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
