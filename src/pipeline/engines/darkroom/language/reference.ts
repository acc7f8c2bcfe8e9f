/** How a follow-up may call what an operation did: "less fog", "without the frame". */
const CALLED: Readonly<Record<string, string>> = {
  exposure: 'bright(?:er|ness|ening)?|exposure|light(?:er|ening)?|dark(?:er|ness|ening)?',
  contrast: 'contrasty?',
  saturation: 'saturation|saturated|colors?|colorful',
  vibrance: 'vibran(?:ce|cy|t)|colors?',
  warmth: 'warm(?:er|th)?|orange|yellow|golden|cool(?:er|ness)?|cold|blue|temperature',
  'white balance': 'white balance|color correction',
  monochrome: 'monochrome|black',
  sepia: 'sepia|brown',
  tint: 'tint(?:ed)?|tone|teal|green|magenta|pink|purple|orange|blue',
  duotone: 'duotone|split toning|toning',
  recolour: 'recolou?r(?:ing)?|color change',
  'selective colour': 'selective color|color splash',
  fade: 'fade[d]?|matte|washed out',
  clarity: 'clarity|structure|texture|punch',
  dehaze: 'fog(?:gy|giness)?|haz[ey]|mist(?:y)?|dehaz(?:e|ing)|smoke',
  equalize: 'equaliz(?:e|ation)|hdr',
  denoise: 'denois(?:e|ing)|noise reduction|smooth(?:ing|ness)?',
  grain: 'grain(?:y|iness)?|noise|speckles?',
  vignette: 'vignett(?:e|ing)|dark (?:corners|edges)|corners|edges',
  invert: 'invert(?:ed|ing)?|inversion|negative',
  posterize: 'posteriz(?:e|ation|ing)',
  solarize: 'solariz(?:e|ation|ing)',
  shadows: 'shadows?',
  highlights: 'highlights?',
  sharpen: 'sharp(?:er|ness|ening|en)?',
  blur: 'blur(?:ry|red|ring)?|soft(?:ness|er)?|bokeh',
  'background blur': 'blur(?:ry|red|ring)?|bokeh|background blur',
  fill: 'background(?: color)?|fill',
  cutout: 'cut-?out|transparen(?:t|cy)',
  crop: 'crop(?:ped|ping)?',
  straighten: 'straighten(?:ing|ed)?',
  rotate: 'rotat(?:e|ed|ion|ing)|turn',
  flip: 'flip(?:ped|ping)?|mirror(?:ed|ing)?',
  resize: 'resiz(?:e|ed|ing)',
  pad: 'pad(?:ding)?|bars?|margins?',
  border: 'borders?|frames?|outline',
  'rounded corners': 'round(?:ed)?(?: corners)?|corners',
  caption: 'captions?|text|words?|title|watermark|writing|letters|label|meme',
  pixelate: 'pixelat(?:e|ed|ion)|pixels|mosaic',
};

/** The first of these operations that the words refer to. */
export function referredTo(words: string, operations: readonly string[]): string | undefined {
  return operations.find((operation) =>
    new RegExp(String.raw`\b(?:${CALLED[operation] ?? operation})\b`).test(words),
  );
}
