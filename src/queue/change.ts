/** Something that will happen once. */
export interface Change {
  readonly happened: Promise<void>;
  readonly happen: () => void;
}

export function awaitedChange(): Change {
  let happen = () => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}
