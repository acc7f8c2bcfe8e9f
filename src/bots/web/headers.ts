/** The page's own scripts, styles and pictures, and nothing else; no inline script or style. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A picture that somebody opens by itself is nothing but a picture. */
const PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** The headers of every answer. */
export function headersOf(url: string): Readonly<Record<string, string>> {
  const isPicture = url.startsWith('/images/') || url.startsWith('/files/');
  return {
    'content-security-policy': isPicture ? PICTURE_POLICY : PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
  };
}
