import type { ElementType } from './types.ts';

/** Numbers as the little-endian bytes of a tensor; floats are rounded to the nearest, ties to even. */
export function encodeNumbers(type: ElementType, values: ArrayLike<number>): Uint8Array {
  switch (type) {
    case 'float32':
      return bytesOf(Float32Array.from(values));
    case 'float64':
      return bytesOf(Float64Array.from(values));
    case 'int64':
      return bytesOf(BigInt64Array.from(values, BigInt));
    case 'int32':
      return bytesOf(Int32Array.from(values));
    case 'int8':
      return bytesOf(Int8Array.from(values));
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values);
    case 'bfloat16':
      return bytesOf(toBfloat16(Float32Array.from(values)));
    case 'float16':
      return bytesOf(toFloat16(Float32Array.from(values)));
    default:
      return type satisfies never;
  }
}

const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const bitsOf = (values: Float32Array): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.length);

/** bfloat16 is the upper half of float32. */
export function fromBfloat16(values: Uint16Array): Float32Array {
  const result = new Float32Array(values.length);
  const bits = bitsOf(result);
  for (let index = 0; index < values.length; index++) bits[index] = (values[index] ?? 0) << 16;
  return result;
}

export function toBfloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(bitsOf(values), (bits) => {
    const notANumber = (bits & 0x7fff_ffff) > 0x7f80_0000;
    return notANumber ? 0x7fc0 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  });
}

export function fromFloat16(values: Uint16Array): Float32Array {
  return Float32Array.from(values, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (Number.isNaN(value)) return 0x7e00;
    if (size >= 65_520) return sign | 0x7c00;
    // Below the smallest exponent the steps stay as they are: subnormal numbers.
    const exponent = Math.max(Math.floor(Math.log2(size)), -14);
    const steps = roundHalfToEven(size * 2 ** (10 - exponent));
    return sign | (size < 2 ** -14 ? steps : ((exponent + 14) << 10) + steps);
  });
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
