import type { Size } from '../pixels/box.ts';

/** What a picture can be for, and the size that this asks for. */
export interface Purpose {
  /** As it is called in a sentence, with its article. */
  readonly name: string;
  /** Words for it; part of a regular expression over normalised text. */
  readonly words: string;
  /** Pixels. */
  readonly size: Size;
  /** The pixels matter, and not only the shape: it is enlarged to them if need be. */
  readonly exact?: true;
  /** Lies on its side when the picture does, and stands when it stands. */
  readonly turns?: true;
  /** The upper part of the picture matters, where a head is. */
  readonly head?: true;
  /** So common a word that "for" it alone asks for nothing: "brighten it for my profile picture". */
  readonly weak?: true;
}

const at = (width: number, height: number): Size => ({ width, height });
/** Pixels of a print of centimetres at 300 dots per inch. */
const print = (width: number, height: number): Size =>
  at(Math.round((width / 2.54) * 300), Math.round((height / 2.54) * 300));

const INSTAGRAM = String.raw`(?:insta(?:gram)?|ig)`;
const FACEBOOK = String.raw`(?:facebook|fb|meta)`;
const TWITTER = String.raw`(?:twitter|x\.com|x|tweet)`;
const YOUTUBE = String.raw`(?:you ?tube|yt)`;
const PROFILE = String.raw`(?:profile|pfp|avatar|icon|display)(?: (?:picture|photo|pic|image|icon))?|dp|pfp`;
const BANNER = String.raw`(?:banner|header|cover)(?: (?:picture|photo|pic|image|art))?`;

/** "Instagram profile picture", or "profile picture for Instagram". */
const of = (platform: string, thing: string): string =>
  `${platform}(?: (?:channel|server|workspace|profile))? (?:${thing})|(?:${thing}) (?:for|on) (?:my )?${platform}`;

/**
 * Sizes as the platforms recommend them and as paper is cut; the more particular words first.
 * Prints are at 300 dpi.
 */
export const PURPOSES: readonly Purpose[] = [
  { name: 'an Instagram story', words: `${INSTAGRAM} (?:story|stories)`, size: at(1080, 1920) },
  { name: 'an Instagram reel', words: `${INSTAGRAM} reels?(?: cover)?`, size: at(1080, 1920) },
  {
    name: 'an Instagram portrait post',
    words: `${INSTAGRAM} (?:portrait|vertical)(?: (?:post|picture|photo))?`,
    size: at(1080, 1350),
  },
  {
    name: 'an Instagram landscape post',
    words: `${INSTAGRAM} (?:landscape|horizontal)(?: (?:post|picture|photo))?`,
    size: at(1080, 566),
  },
  {
    name: 'an Instagram profile picture',
    words: of(INSTAGRAM, PROFILE),
    size: at(320, 320),
  },
  {
    name: 'an Instagram post',
    words: `${INSTAGRAM}(?: (?:feed|grid|square))?(?: (?:post|picture|photo|feed|grid))?`,
    size: at(1080, 1080),
  },
  { name: 'a Snapchat story', words: 'snapchat(?: (?:story|snap))?', size: at(1080, 1920) },
  { name: 'TikTok', words: 'tik ?tok(?: (?:video|cover|post|story))?', size: at(1080, 1920) },
  { name: 'a YouTube Short', words: `${YOUTUBE} shorts?`, size: at(1080, 1920) },
  {
    name: 'a YouTube thumbnail',
    words: `${YOUTUBE}(?: video)? (?:thumbnail|thumb|preview)`,
    size: at(1280, 720),
  },
  {
    name: 'a YouTube banner',
    words: of(YOUTUBE, `${BANNER}|channel art|art`),
    size: at(2560, 1440),
  },
  {
    name: 'a YouTube profile picture',
    words: of(YOUTUBE, `${PROFILE}|logo`),
    size: at(800, 800),
  },
  { name: 'a Twitter header', words: of(TWITTER, BANNER), size: at(1500, 500) },
  { name: 'a Twitter profile picture', words: of(TWITTER, PROFILE), size: at(400, 400) },
  {
    name: 'a Twitter post',
    words: String.raw`(?:${TWITTER} (?:post|picture|photo|card|image)|tweet|twitter)`,
    size: at(1600, 900),
  },
  { name: 'a Facebook cover', words: of(FACEBOOK, BANNER), size: at(1702, 630) },
  {
    name: 'a Facebook event cover',
    words: `${FACEBOOK} event(?: ${BANNER})?`,
    size: at(1920, 1005),
  },
  { name: 'a Facebook story', words: `${FACEBOOK} (?:story|stories|reel)`, size: at(1080, 1920) },
  { name: 'a Facebook profile picture', words: of(FACEBOOK, PROFILE), size: at(720, 720) },
  {
    name: 'a Facebook post',
    words: `${FACEBOOK}(?: (?:post|picture|photo))?`,
    size: at(1200, 630),
  },
  {
    name: 'a LinkedIn banner',
    words: of('linked ?in', `${BANNER}|background`),
    size: at(1584, 396),
  },
  {
    name: 'a LinkedIn profile picture',
    words: of('linked ?in', `${PROFILE}|headshot`),
    size: at(800, 800),
  },
  {
    name: 'a LinkedIn post',
    words: 'linked ?in(?: (?:post|picture|photo|image))?',
    size: at(1200, 627),
  },
  {
    name: 'a Pinterest pin',
    words: String.raw`(?:pinterest(?: pin)?|pin for pinterest)`,
    size: at(1000, 1500),
  },
  { name: 'a Discord emoji', words: 'discord (?:emoji|emote)s?', size: at(128, 128), exact: true },
  { name: 'a Discord sticker', words: 'discord stickers?', size: at(320, 320), exact: true },
  { name: 'a Discord server banner', words: `discord server (?:${BANNER})`, size: at(960, 540) },
  { name: 'a Discord banner', words: of('discord', BANNER), size: at(680, 240) },
  {
    name: 'a Discord avatar',
    words: of('discord', PROFILE),
    size: at(512, 512),
  },
  { name: 'a Slack emoji', words: 'slack (?:emoji|emote)s?', size: at(128, 128), exact: true },
  { name: 'a Slack icon', words: of('slack', `${PROFILE}|logo`), size: at(512, 512) },
  { name: 'a Twitch emote', words: 'twitch (?:emote|emoji)s?', size: at(112, 112), exact: true },
  { name: 'a Twitch banner', words: of('twitch', BANNER), size: at(1200, 480) },
  {
    name: 'an emoji',
    words: '(?:custom )?(?:emoji|emote)(?:[- ]sized?)?(?: for (?:slack|discord))?',
    size: at(128, 128),
    exact: true,
  },
  {
    name: 'a phone wallpaper',
    words:
      '(?:phone|mobile|iphone|android|smartphone|cell ?phone|lock ?screen)(?: lock ?screen)? (?:wallpaper|background|lock ?screen)|lock ?screen',
    size: at(1290, 2796),
  },
  {
    name: 'a 4K wallpaper',
    words: '(?:4k|uhd) (?:desktop )?(?:wallpaper|background)',
    size: at(3840, 2160),
  },
  {
    name: 'a desktop wallpaper',
    words:
      '(?:desktop|computer|laptop|pc|mac|monitor|windows|hd) (?:wallpaper|background)|wallpaper',
    size: at(2560, 1440),
  },
  {
    name: 'a video call background',
    words: '(?:zoom|teams|video call|meet) background',
    size: at(1920, 1080),
  },
  {
    name: 'a US passport photo',
    words: String.raw`(?:us|u\.s\.|usa|american)(?: (?:passport|visa))(?: (?:photo|picture|size))?|2 ?x ?2(?: ?in(?:ch(?:es)?)?)? (?:passport|visa|id)(?: (?:photo|picture))?`,
    size: at(600, 600),
    exact: true,
    head: true,
  },
  {
    name: 'a passport photo (35 × 45 mm at 300 dpi)',
    words: String.raw`(?:35 ?x ?45(?: ?mm)? )?(?:biometric )?(?:passport|visa|id(?: card)?|driver'?s licen[cs]e|biometric) (?:photo|picture|pic|size|format)|passport`,
    size: at(413, 531),
    exact: true,
    head: true,
  },
  {
    name: 'a 4 × 6 in print',
    words: String.raw`4 ?x ?6(?: ?in(?:ch(?:es)?)?)? (?:print|photo|postcard|paper)s?`,
    size: at(1200, 1800),
    turns: true,
  },
  {
    name: 'a 5 × 7 in print',
    words: String.raw`5 ?x ?7(?: ?in(?:ch(?:es)?)?)? (?:print|photo|card|paper)s?`,
    size: at(1500, 2100),
    turns: true,
  },
  {
    name: 'an 8 × 10 in print',
    words: String.raw`8 ?x ?10(?: ?in(?:ch(?:es)?)?)? (?:print|photo|paper)s?`,
    size: at(2400, 3000),
    turns: true,
  },
  {
    name: 'an 11 × 14 in print',
    words: String.raw`11 ?x ?14(?: ?in(?:ch(?:es)?)?)? (?:print|photo|paper)s?`,
    size: at(3300, 4200),
    turns: true,
  },
  {
    name: 'a 10 × 15 cm print',
    words: String.raw`10 ?x ?15(?: ?cm)? (?:print|photo|postcard|paper)s?`,
    size: print(10, 15),
    turns: true,
  },
  {
    name: 'a 13 × 18 cm print',
    words: String.raw`13 ?x ?18(?: ?cm)? (?:print|photo|paper)s?`,
    size: print(13, 18),
    turns: true,
  },
  {
    name: 'an A3 print (300 dpi)',
    words: 'a3(?: (?:print|paper|poster|page|sheet|size))?(?: at 300 ?dpi)?',
    size: at(3508, 4961),
    turns: true,
  },
  {
    name: 'an A4 print (300 dpi)',
    words: 'a4(?: (?:print|paper|poster|page|sheet|size))?(?: at 300 ?dpi)?',
    size: at(2480, 3508),
    turns: true,
  },
  {
    name: 'an A5 print (300 dpi)',
    words: 'a5(?: (?:print|paper|flyer|page|sheet|size))?(?: at 300 ?dpi)?',
    size: at(1748, 2480),
    turns: true,
  },
  {
    name: 'a US letter page',
    words: '(?:us )?letter (?:paper|page|size|print|sheet)',
    size: at(2550, 3300),
    turns: true,
  },
  { name: 'a postcard', words: 'post ?cards?', size: at(1200, 1800), turns: true },
  {
    name: 'a social card',
    words: String.raw`(?:og|open graph|opengraph|social(?: media)?|link)[ -](?:card|image|preview|picture)`,
    size: at(1200, 630),
  },
  { name: 'a favicon', words: 'fav ?icon', size: at(48, 48), exact: true },
  { name: 'an app icon', words: '(?:app|application|ios|app store) icon', size: at(1024, 1024) },
  {
    name: 'an album cover',
    words: '(?:album|podcast|spotify|single|record|playlist) (?:cover|art(?:work)?)',
    size: at(3000, 3000),
  },
  {
    name: 'a slide',
    words: '(?:powerpoint|keynote|presentation|google)? ?slides?',
    size: at(1920, 1080),
  },
  {
    name: 'an email header',
    words: '(?:e-?mail|newsletter) (?:header|banner)',
    size: at(1200, 400),
  },
  {
    name: 'a blog header',
    words: '(?:blog|website|web ?site|hero|web) (?:header|banner|hero|image|hero image)',
    size: at(1600, 840),
  },
  {
    name: 'a story',
    words: '(?:(?:social(?: media)?|whatsapp) )?(?:story|stories|reel|status)',
    size: at(1080, 1920),
  },
  { name: 'a profile picture', words: PROFILE, size: at(800, 800), weak: true },
  { name: 'a banner', words: '(?:wide )?banner', size: at(1500, 500), weak: true },
];
