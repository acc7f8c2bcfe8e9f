declare module 'heic-decode' {
  interface Picture {
    readonly width: number;
    readonly height: number;
    /** RGBA, 8 bits each; rotated and mirrored as the file says. */
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }>;
  }
  interface Decode {
    /** Reads headers alone. */
    all(input: { buffer: Uint8Array }): Promise<Picture[] & { dispose(): void }>;
  }
  const decode: Decode;
  export default decode;
}
