/** The policy under which the element must work (README, "What the site's policy must allow"). */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'none'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";
