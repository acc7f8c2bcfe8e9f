import { h, setAttribute, setChildren, setText } from './dom.js';
import { icon } from './icons.js';

const SCORES = [
  ['editSuccess', 'As asked'],
  ['overEdit', 'Rest kept'],
  ['naturalness', 'Natural'],
  ['artifacts', 'Clean'],
];

/** A verdict at a glance: what it is, all in one number, and four bars that say why. */
export function verdictView() {
  const line = h('span', { class: 'verdict-line' });
  const badge = h('p', { class: 'verdict-badge' });
  const overall = h('span', { class: 'verdict-overall' });
  const rows = SCORES.map(([name, label]) => scoreView(name, label));
  const scores = h(
    'dl',
    { class: 'scores' },
    rows.map(({ element }) => element),
  );
  const head = h('div', { class: 'verdict-head' }, badge, overall);
  const element = h('div', { class: 'verdict' }, head, scores);
  return {
    element,
    update(verdict) {
      if (element.dataset.kind !== verdict.kind) {
        element.dataset.kind = verdict.kind;
        setChildren(badge, [icon(verdict.kind), line]);
      }
      setText(line, verdict.line);
      setText(overall, String(Math.round(verdict.overall)));
      setAttribute(overall, 'title', verdict.details);
      setAttribute(overall, 'aria-label', `${Math.round(verdict.overall)} of 100 in all`);
      setAttribute(overall, 'role', 'img');
      for (const row of rows) row.update(verdict.scores);
    },
  };
}

function scoreView(name, label) {
  const value = h('dd');
  const bar = h('span', { class: 'score-bar', 'aria-hidden': 'true' });
  const element = h('div', { class: 'score' }, h('dt', {}, label), bar, value);
  return {
    element,
    update(scores) {
      const score = scores[name];
      bar.style.setProperty('--share', String(Math.max(0, Math.min(1, score / 10))));
      setAttribute(element, 'data-level', score >= 8 ? 'high' : score >= 5 ? 'middle' : 'low');
      setText(value, String(Math.round(score * 10) / 10));
    },
  };
}
