/** The row where the boat meets the lake. */
export const BOAT_WATERLINE = 770;

/** A small sailing boat with a red sail, as SVG. */
export const BOAT = `
<defs>
  <linearGradient id="sail" x1="0" y1="0" x2="1" y2=".25">
    <stop offset="0" stop-color="#7f1218"/><stop offset=".45" stop-color="#c9202a"/><stop offset="1" stop-color="#ee4a3a"/>
  </linearGradient>
  <linearGradient id="jib" x1="0" y1="0" x2="1" y2="0">
    <stop offset="0" stop-color="#fff1d8"/><stop offset="1" stop-color="#cdb9a4"/>
  </linearGradient>
  <linearGradient id="hull" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#f5ead9"/><stop offset=".55" stop-color="#c3b5aa"/><stop offset="1" stop-color="#6c6873"/>
  </linearGradient>
</defs>
<g>
  <path d="M1135 466L1138 748" stroke="#3b2a22" stroke-width="5"/>
  <path d="M1129 480C1092 560 1046 650 1012 722C1050 734 1092 737 1131 734Z" fill="url(#sail)"/>
  <path d="M1109 531C1117 533 1124 533 1130 532M1083 588C1098 593 1116 594 1130 592M1052 648C1078 656 1106 658 1131 655M1030 690C1062 700 1098 702 1131 699" stroke="#5e0c12" stroke-width="1.6" opacity=".55" fill="none"/>
  <path d="M1122 500C1100 566 1074 640 1052 716C1064 724 1098 730 1127 727Z" fill="#ff7a5c" opacity=".18"/>
  <path d="M1142 492C1160 570 1186 660 1226 728C1200 735 1168 735 1146 731Z" fill="url(#jib)"/>
  <path d="M1153 560C1166 562 1172 562 1178 560M1150 640C1172 645 1188 644 1200 640" stroke="#8d7c6d" stroke-width="1.2" opacity=".5" fill="none"/>
  <path d="M1006 730L1140 741" stroke="#4b3326" stroke-width="5" stroke-linecap="round"/>
  <path d="M1135 470L1246 742M1135 470L1030 740" stroke="#2c2523" stroke-width="1" opacity=".7"/>
  <path d="M1024 740C1100 751 1180 750 1254 737C1244 756 1228 768 1212 774H1064C1044 768 1032 756 1024 740Z" fill="url(#hull)"/>
  <path d="M1024 740C1100 751 1180 750 1254 737L1252 743C1180 756 1100 757 1027 746Z" fill="#25406e"/>
  <path d="M1048 762C1100 770 1176 770 1230 761L1222 768C1180 774 1100 775 1058 769Z" fill="#3a3f52" opacity=".5"/>
  <path d="M1135 466l22 7-22 7Z" fill="#f4c430"/>
</g>`;
