// Answers --help for a script: prints the text and says that it did, so that the script does nothing else.
export function showHelp(args: readonly string[], text: string): boolean {
  if (!args.includes('--help') && !args.includes('-h')) return false;
  console.log(text.trim());
  return true;
}
