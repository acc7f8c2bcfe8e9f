import { anyOf } from './pattern.ts';

/*
 * The words of edits, as far as they tell a wish for one from talk. What an edit means in detail is not
 * for here.
 */

/** Nobody uses them but of pictures. */
export const PHOTOGRAPHIC_VERBS = anyOf(`
  brighten lighten darken crop uncrop sharpen blur unblur deblur rotate flip mirror resize upscale downscale
  enlarge shrink desaturate saturate denoise dehaze defog straighten colorize colorise recolor invert
  pixelate posterize posterise solarize solarise vignette soften retouch photoshop relight depixelate letterbox reframe rescale untilt whiten unsharpen uncolor equalize equalise color-grade censor
  grayscale grayscaled unfade monochrome cartoonify outpaint inpaint crisp`);

/** They want an object to be known for an edit. */
export const VERBS = anyOf(`
  make turn change put give add remove erase delete replace swap fix cut trim lift lower raise boost increase
  decrease reduce bring drop bump push pull convert edit enhance improve adjust set apply fill write draw
  paint clean move extend expand lose keep restore recover smooth strengthen weaken intensify mask hide
  cover use try dial crank level warm cool tone zoom get rid take do warp merge combine frame round stretch
  emphasize highlight isolate separate pad level scale stack stamp slap chop slice shave compress optimize optimise export save caption title tame
  nuke yeet zap hike darker fit arrange knock roll open shift mat bleach crush bump stamp leave glue combine place print focus simulate transform render correct balance polish tweak amp ease pump kill
  ditch insert include show center align tilt skew tint color dim mute fade`);

/** They are known for an edit as soon as they have any object that may be a picture. */
export const VERBS_OF_PICTURES = anyOf(`
  pad level fade stack caption isolate compress optimize optimise scale tint smooth mat enhance polish balance nuke yeet
  whiten color dim mute stylize`);

export const VERBS_ING =
  '(?:brighten|lighten|darken|cropp|sharpen|blurr|rotat|flipp|mirror|resiz|desaturat|straighten|mak|turn|chang|putt|giv|add|remov|eras|delet|replac|swapp|fix|cutt|lift|lower|rais|boost|increas|decreas|reduc|bring|convert|enhanc|improv|adjust|zoom|soften|mov|tint|fad|warm|cool|ton)ing';

/** How a picture becomes; they say of what by themselves. */
export const COMPARATIVES = anyOf(`
  brighter darker lighter warmer cooler colder sharper softer crisper smoother bigger smaller larger wider
  narrower taller tighter subtler bolder richer deeper clearer cleaner blurrier moodier punchier greener
  redder bluer yellower pinker grainier foggier hazier sunnier creamier flatter bluish reddish greenish
  yellowish pinkish orangish fuller dimmer paler duller rounder straighter sunnier spookier dreamier
  stronger weaker closer shinier glossier grungier gloomier`);

/** Of which there can be more, less, enough or too little. */
export const MEASURES = anyOf(`
  contrast contrasty color colors colorful saturation saturated vibrance vibrant vivid warm warmth bright brightness light
  lighting exposure exposed fog foggy haze hazy mist misty grain grainy noise noisy blur blurry blurred bokeh vignette vignetting sharp sharpness
  shadow shadows highlight highlights midtones blacks whites dramatic drama moody mood cinematic vintage natural realistic subtle intense intensity
  orange blue green red yellow pink purple teal magenta cyan golden gold brown gray pop punch punchy sky space
  background foreground dark soft softness muted faded fade matte clarity crisp texture detail details glow glowy depth tint
  cool cold clouds headroom padding border dreamy film filmic retro smooth aggressive heavy visible yellowness
  dehaze hdr temperature tone tones gloss reflection spooky neon pastel clean`);

/** Looks and shapes that a picture may have. */
export const STYLES =
  'black and white|b and w|black n white|black white|b w|monochrome|monochromatic|mono|grayscale|sepia|vintage|cinematic|hdr|polaroid|duotone|retro|noir|film noir|' +
  'square|16:9|9:16|4:3|3:4|1:1|3:2|2:3|4:5|5:4|21:9|landscape|portrait|panorama|widescreen|vertical|horizontal|transparent|png|jpe?g|webp|' +
  'matte|faded|soft focus|portrait mode|duotones?|two tone|bitone|kodachrome|pop art|8 bit|screen print|tilt shift|collage|grid|gif|avif|heic|' +
  'cartoon|anime|watercolou?r|sketch|pencil|oil painting|comic|pixel art|lego|pop art|color|teal and orange|negative|night|sunset|golden hour|winter|snow|pastel|pastels|neon|film';

/** What a picture has that may be spoken of. */
export const PARTS = anyOf(`
  sky background backdrop foreground subject colors color tones tone shadows shadow highlights midtones blacks whites
  contrast exposure saturation brightness warmth sharpness temperature horizon edges edge corner corners border borders frame vignette grain
  noise fog haze mist blur bokeh crop picture pictures photo image pictures shot face faces eyes skin hair teeth smile
  watermark text caption title logo filter light lighting lights trees tree clouds cloud water grass sun moon reflection
  reflections wires sign bars padding resolution size whole bottom top side left right middle center clarity texture
  details detail glare dust scratches spots spot stain wrinkles mountains mountain sea ocean lake wall floor road
  effect edit result version round vibe mood look style aspect ratio tint cast hue hdr everything person man woman guy
  girl boy dog cat car building house people tourists tourist shirt dress hat flower flowers leaves boat bird birds snow rain
  portrait selfie landscape levels curves white balance histogram quality plate license mode necklace verticals pixels px padding rest ex zit focus black yellow blue red green orange pink purple teal gray brown`);

/** Faults that one speaks of as "too …", "a bit …". */
export const QUALITIES = anyOf(`
  dark bright light warm cool cold yellow orange red green blue pink purple magenta teal brown gray grainy
  saturated desaturated contrasty flat blurry blurred soft sharp noisy foggy hazy misty busy tight wide harsh dull pale dim
  overexposed underexposed overdone oversaturated undersaturated oversharpened strong subtle weak intense heavy small
  big large crooked tilted moody vivid colorful muted gloomy murky muddy vibrant bland drab faded smooth plastic fake
  artificial orangey greenish yellowish bluish reddish pinkish purplish dramatic cluttered empty close zoomed
  cropped tinted sepia glowy hot crunchy crushed grungy shiny high low aggressive obvious extreme boring
  lifeless flashy washed blown gray`);

/** Those of them that are a fault even without "too". */
export const FAULTS = anyOf(`
  dull flat blurry noisy grainy hazy foggy underexposed overexposed overdone crooked tilted washed bland drab murky
  muddy greenish yellowish bluish reddish dim boring lifeless harsh fake blown oversaturated cluttered gloomy
  dark yellow green blue pale slanted weird unnatural`);

/** How much, in words that may follow each other. */
export const DEGREE = anyOf(`
  a an little tiny bit touch tad lot lots hair smidge smidgen fraction notch slightly somewhat even way much far really
  very so super quite rather pretty kind sort of still not as that almost just some only considerably
  significantly twice half maybe definitely ever`);

/** Things of which people speak at work and at home, and which no picture edit is about. */
export const ELSEWHERE = anyOf(`
  meeting lunch dinner breakfast coffee bug bugs ticket tickets deploy deployment release pr repo branch commit
  email emails mail calendar invoice doc docs slides deck spreadsheet thread channel message messages server
  build password link standup sprint budget deadline call schedule laptop wifi weekend tomorrow tonight yesterday outside
  pizza beer boss client payroll rent party flight train heating thermostat office api database script
  friends homework exam fridge song game pc keyboard monitor mouse test tests gym
  workflow config prod staging docker role roles permissions vc voice mic stream`);

/** Whatever names a look, or a part of a picture. */
export const NAMED = `${PARTS}|${MEASURES}|${COMPARATIVES}|${STYLES}|${QUALITIES}`;
