import type { CliCommand } from '../command.js';
import { examine } from '../doctor/examine.js';

const SIGNS = { good: 'ok  ', warning: 'warn', bad: 'BAD ' } as const;

/** Looks at everything a start needs, and changes nothing. */
export const doctorCommand: CliCommand = {
  name: 'doctor',
  usage: '',
  summary: 'Checks the configuration and every dependency, and says what to do. Exit code 1 when something is bad.',
  async run() {
    let bad = 0;
    for await (const finding of examine()) {
      console.log(
        `${SIGNS[finding.state]}  ${finding.what}: ${finding.found}${finding.advice === undefined ? '' : `\n      -> ${finding.advice}`}`,
      );
      if (finding.state === 'bad') bad += 1;
    }
    console.log(
      bad === 0 ? '\nNothing keeps Baya from starting.' : `\n${bad} ${bad === 1 ? 'thing has' : 'things have'} to be mended first.`,
    );
    return bad === 0 ? 0 : 1;
  },
};
