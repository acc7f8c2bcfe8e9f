/** Takes pictures that are dropped anywhere on the page, or pasted. */
export function acceptFiles(target, onFiles) {
  let depth = 0;
  const mark = () => target.toggleAttribute('data-dropping', depth > 0);
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') === true;

  target.addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    mark();
  });
  target.addEventListener('dragleave', (event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    mark();
  });
  target.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  target.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    mark();
    onFiles(event.dataTransfer.files);
  });
  target.addEventListener('paste', ({ clipboardData }) => {
    if (clipboardData && clipboardData.files.length > 0) onFiles(clipboardData.files);
  });
}
