/**
 * An engine that plays what a prompt says, as JSON: the turn's `name` and its `rounds`. It comes to the
 * places `<name> think`, `<name> edit 1`, `<name> reflect 1` and so on, and stays at each until
 * `reach(place, call)` resolves.
 */
export function playedEngine(name, reach) {
  const scores = { editSuccess: 6, overEdit: 6, naturalness: 6, artifacts: 6 };
  return {
    name,
    capabilities: { seeded: true, previews: false, maxImages: 1, masks: false },
    reasoner: {
      async *think({ prompt }, call) {
        yield 'It is cold.';
        await reach(`${JSON.parse(prompt).name} think`, call);
        return { kind: 'plan', reasoning: 'It is cold.', instruction: prompt, base: 'latest' };
      },
      async *reflect({ prompt, round }, call) {
        const play = JSON.parse(prompt);
        yield 'Seen.';
        await reach(`${play.name} reflect ${round}`, call);
        const judged = { critique: 'Seen.', scores };
        return round < play.rounds
          ? {
              ...judged,
              verdict: 'refine',
              nextInstruction: JSON.stringify({ ...play, round: round + 1 }),
            }
          : { ...judged, verdict: 'success' };
      },
    },
    editor: {
      async *edit({ instruction, seed }, call) {
        const { name: turn, round = 1 } = JSON.parse(instruction);
        yield { step: 1, steps: 2 };
        await reach(`${turn} edit ${round}`, call);
        yield { step: 2, steps: 2 };
        const bytes = new TextEncoder().encode(`${turn} ${round} (${seed})`);
        return { bytes, format: 'png', width: 1, height: 1 };
      },
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
