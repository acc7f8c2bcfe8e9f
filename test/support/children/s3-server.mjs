import S3rver from '@20minutes/s3rver';

/** A server that speaks S3 over a folder, for as long as its parent lives. */
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: process.argv[2],
  // It forgets the slash after a bucket when it checks the signature of a list. Keys are still checked.
  allowMismatchedSignatures: true,
  configureBuckets: [{ name: 'pictures' }],
});
process.on('disconnect', () => process.exit());
const { port } = await server.run();
process.send(port);
