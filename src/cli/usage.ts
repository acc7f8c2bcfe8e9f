export const USAGE = `reasonedit edits a picture by reasoning: it thinks, edits, looks at the result, and corrects it.

Usage
  reasonedit start               run the bot: the chat in the browser at http://127.0.0.1:8787
  reasonedit worker              run a worker for bots that share a Redis (REDIS_URL)
  reasonedit register            tell Discord the bot's commands, and print where to invite it
  reasonedit edit <picture> [<picture> ...] "<request>" [options]
                                 edits the first picture; the others are for a montage
  reasonedit demo [--json]       edit a picture of the project's own, to see how it works
  reasonedit doctor [--json]     what this machine can run
  reasonedit prepare <checkpoint> [--prompts <released code>] [--json]
                                 make a checkpoint ready for the engine reasonedit
  reasonedit help | version

Options of edit
  --out DIR          folder for the results (default: <picture>-edit, or the next free -2, -3 ...)
  --mask FILE        a picture that is white where the first may change, and black elsewhere
  --engine NAME      engine that thinks and edits (default: the setting ENGINE; see docs/engines.md)
  --max-rounds N     most edits to make, 1 to 10 (default: the setting MAX_ROUNDS, else 3)
  --seed N           any whole number; the same seed gives the same result (default: 0)
  --json             print one event a line as JSON, the last of them the result
  -h, --help         print this

Examples
  reasonedit edit photo.jpg "make it warmer and a little brighter"
  reasonedit edit photo.jpg "black and white, with more contrast" --out print --json
  reasonedit edit before.jpg after.jpg "put them side by side"

Exit codes
  0 done   1 failed, declined or asked back   2 wrong usage or input   130, 143 interrupted
`;
