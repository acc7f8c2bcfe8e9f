import { fr } from '../sentences/fr/spaces.ts';

/** What Slack's own parts of the bot say: forms, captions, the agent's thread. */
export interface Words {
  readonly before: string;
  readonly after: string;
  /** At most 24 characters. */
  readonly formTitle: string;
  readonly formSubmit: string;
  readonly formCancel: string;
  readonly wish: string;
  readonly wishExample: string;
  readonly pictureFile: string;
  readonly roundsLabel: string;
  /** What the bot is doing, after its name. */
  readonly working: string;
  readonly promptsTitle: string;
  /** At most four; the message is what is asked for. */
  readonly prompts: readonly { readonly title: string; readonly message: string }[];
  readonly settingsTitle: string;
  readonly settingsChange: string;
  readonly settingsSave: string;
  readonly settingsChannels: string;
  readonly settingsDaily: string;
  readonly settingsRounds: string;
  readonly settingsFollowUps: string;
  readonly openThread: string;
}

const ENGLISH: Words = {
  before: 'Before',
  after: 'After',
  formTitle: 'Edit this image',
  formSubmit: 'Edit',
  formCancel: 'Cancel',
  wish: 'What should change?',
  wishExample: 'Make it look like a foggy morning',
  pictureFile: 'Picture',
  roundsLabel: 'At most so many rounds',
  working: 'is looking at your picture …',
  promptsTitle: 'Send a picture with one of these, or in your own words:',
  prompts: [
    { title: 'Make it brighter', message: 'Make it brighter, with a bit more contrast' },
    { title: 'Fix the colours', message: 'Fix the white balance' },
    { title: 'Black and white', message: 'Make it black and white' },
    { title: 'Crop to 16:9', message: 'Crop it to 16:9' },
  ],
  settingsTitle: 'Settings',
  settingsChange: 'Change',
  settingsSave: 'Save',
  settingsChannels: 'Only in these channels',
  settingsDaily: 'Requests per person and day',
  settingsRounds: 'Most rounds of a request',
  settingsFollowUps: 'Take replies in a thread as requests, without a mention',
  openThread: 'Open',
};

const GERMAN: Words = {
  before: 'Vorher',
  after: 'Nachher',
  formTitle: 'Dieses Bild bearbeiten',
  formSubmit: 'Bearbeiten',
  formCancel: 'Abbrechen',
  wish: 'Was soll sich ändern?',
  wishExample: 'Lass es nach einem nebligen Morgen aussehen',
  pictureFile: 'Bild',
  roundsLabel: 'Höchstens so viele Runden',
  working: 'sieht sich dein Bild an …',
  promptsTitle: 'Schick ein Bild mit einem davon oder mit eigenen Worten:',
  prompts: [
    { title: 'Heller machen', message: 'Mach es heller, mit etwas mehr Kontrast' },
    { title: 'Farben richten', message: 'Korrigiere den Weißabgleich' },
    { title: 'Schwarzweiß', message: 'Mach es schwarzweiß' },
    { title: 'Auf 16:9 zuschneiden', message: 'Schneide es auf 16:9 zu' },
  ],
  settingsTitle: 'Einstellungen',
  settingsChange: 'Ändern',
  settingsSave: 'Speichern',
  settingsChannels: 'Nur in diesen Kanälen',
  settingsDaily: 'Anfragen pro Person und Tag',
  settingsRounds: 'Höchstzahl der Runden',
  settingsFollowUps: 'Antworten im Thread auch ohne Erwähnung als Anfragen nehmen',
  openThread: 'Öffnen',
};

const FRENCH: Words = {
  before: 'Avant',
  after: 'Après',
  formTitle: 'Modifier cette image',
  formSubmit: 'Modifier',
  formCancel: 'Annuler',
  wish: fr`Que faut-il changer ?`,
  wishExample: 'Donne-lui l’air d’un matin brumeux',
  pictureFile: 'Image',
  roundsLabel: 'Nombre maximal de passes',
  working: 'regarde votre image …',
  promptsTitle: fr`Envoyez une image avec l’une de ces demandes, ou avec vos mots :`,
  prompts: [
    { title: 'Plus claire', message: 'Rends-la plus claire, avec un peu plus de contraste' },
    { title: 'Corriger les couleurs', message: 'Corrige la balance des blancs' },
    { title: 'Noir et blanc', message: 'Mets-la en noir et blanc' },
    { title: 'Recadrer en 16:9', message: 'Recadre-la en 16:9' },
  ],
  settingsTitle: 'Réglages',
  settingsChange: 'Modifier',
  settingsSave: 'Enregistrer',
  settingsChannels: 'Seulement dans ces canaux',
  settingsDaily: 'Demandes par personne et par jour',
  settingsRounds: 'Nombre maximal de passes',
  settingsFollowUps: 'Prendre les réponses d’un fil pour des demandes, même sans mention',
  openThread: 'Ouvrir',
};

const SPANISH: Words = {
  before: 'Antes',
  after: 'Después',
  formTitle: 'Editar esta imagen',
  formSubmit: 'Editar',
  formCancel: 'Cancelar',
  wish: '¿Qué hay que cambiar?',
  wishExample: 'Que parezca una mañana de niebla',
  pictureFile: 'Imagen',
  roundsLabel: 'Número máximo de rondas',
  working: 'está mirando tu imagen …',
  promptsTitle: 'Envía una imagen con una de estas peticiones, o con tus palabras:',
  prompts: [
    { title: 'Más clara', message: 'Hazla más clara, con algo más de contraste' },
    { title: 'Corregir los colores', message: 'Corrige el balance de blancos' },
    { title: 'Blanco y negro', message: 'Ponla en blanco y negro' },
    { title: 'Recortar a 16:9', message: 'Recórtala a 16:9' },
  ],
  settingsTitle: 'Ajustes',
  settingsChange: 'Cambiar',
  settingsSave: 'Guardar',
  settingsChannels: 'Solo en estos canales',
  settingsDaily: 'Peticiones por persona y día',
  settingsRounds: 'Número máximo de rondas',
  settingsFollowUps: 'Tomar las respuestas de un hilo como peticiones, sin mención',
  openThread: 'Abrir',
};

const JAPANESE: Words = {
  before: '編集前',
  after: '編集後',
  formTitle: 'この画像を編集',
  formSubmit: '編集',
  formCancel: 'キャンセル',
  wish: 'どこを変えますか？',
  wishExample: '霧の朝のようにして',
  pictureFile: '画像',
  roundsLabel: '最大ラウンド数',
  working: '画像を確認しています…',
  promptsTitle: '画像と一緒に、次のどれか、またはご自分の言葉で送ってください：',
  prompts: [
    { title: '明るくする', message: '明るくして、コントラストを少し上げて' },
    { title: '色を直す', message: 'ホワイトバランスを直して' },
    { title: '白黒にする', message: '白黒にして' },
    { title: '16:9に切り抜く', message: '16:9に切り抜いて' },
  ],
  settingsTitle: '設定',
  settingsChange: '変更',
  settingsSave: '保存',
  settingsChannels: 'これらのチャンネルのみ',
  settingsDaily: '1人1日あたりのリクエスト数',
  settingsRounds: '最大ラウンド数',
  settingsFollowUps: 'メンションなしのスレッド返信もリクエストとして扱う',
  openThread: '開く',
};

const CHINESE: Words = {
  before: '编辑前',
  after: '编辑后',
  formTitle: '编辑这张图片',
  formSubmit: '编辑',
  formCancel: '取消',
  wish: '要改什么？',
  wishExample: '改成雾蒙蒙的早晨',
  pictureFile: '图片',
  roundsLabel: '最多轮数',
  working: '正在查看你的图片…',
  promptsTitle: '发一张图片，并选一句，或用你自己的话：',
  prompts: [
    { title: '调亮', message: '调亮一点，对比度再高一些' },
    { title: '校正颜色', message: '校正白平衡' },
    { title: '黑白', message: '改成黑白' },
    { title: '裁剪为 16:9', message: '裁剪为 16:9' },
  ],
  settingsTitle: '设置',
  settingsChange: '更改',
  settingsSave: '保存',
  settingsChannels: '仅限这些频道',
  settingsDaily: '每人每天的请求数',
  settingsRounds: '最多轮数',
  settingsFollowUps: '线程中的回复无需提及也视为请求',
  openThread: '打开',
};

const BY_LANGUAGE: Readonly<Record<string, Words>> = {
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  ja: JAPANESE,
  zh: CHINESE,
};

/** The words in a language that a person reads; English where there are none in theirs. */
export function wordsFor(locale: string | undefined): Words {
  const [language = ''] = (locale ?? '').split('-');
  return BY_LANGUAGE[language] ?? ENGLISH;
}
