import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A certificate for the loopback address that nobody but itself vouches for, in a folder. */
export function makeCertificate(folder: string): { keyFile: string; certificateFile: string } {
  const keyFile = join(folder, 'key.pem');
  const certificateFile = join(folder, 'certificate.pem');
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', keyFile, '-out', certificateFile];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...key, ...subject, ...files], {
    stdio: 'ignore',
  });
  return { keyFile, certificateFile };
}
