import type { Metadata, Sharp } from 'sharp';

/**
 * Makes a picture's colours sRGB, as its colour profile says, and drops the profile.
 *
 * sharp does so by itself, but for one case: pixels of 16 bits with a profile come out as Display P3
 * and say so nowhere (sharp 0.35). Without a profile they must be left alone.
 */
export function toStandardColours(picture: Sharp, { hasProfile, depth, space }: Metadata): Sharp {
  const comesOutWide = hasProfile && depth === 'ushort' && space === 'rgb16';
  return comesOutWide ? picture.withIccProfile('srgb', { attach: false }) : picture;
}
