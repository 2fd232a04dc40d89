import { allFixtures } from '../fixtures/all-fixtures.js';
import { contractCases, type ContractCase } from '../fixtures/contract-cases.js';
import { contractOutside } from './contract-outside.js';
import type { FixtureRun } from './fixture-runs.js';
import { tell, testEngine, testFacts, testInputs, testPorts, type Told } from './workflow.harness.js';

/** A run of a fixture of contract workflow-engine 13, by its conventions. */
export function contractRunOf({ fixture, query = 'hi', inputs = {}, model }: Omit<ContractCase, 'outputs'>): FixtureRun {
  const workflow = allFixtures[fixture];
  if (workflow === undefined) throw new Error(`There is no fixture ${fixture}.`);
  const { graph, conversation } = workflow;
  return {
    name: `${fixture} ${JSON.stringify({ query, ...inputs })}`,
    graph,
    inputs: testInputs({
      inputs,
      run: {
        system: { user_id: 'test_user', app_id: 'test_app', workflow_id: 'test_workflow', files: [], query },
        ...(conversation && { conversation }),
      },
    }),
    ports: () => testPorts(contractOutside(model)),
  };
}

/** Runs a fixture of contract workflow-engine 13 to its end. */
export function runContract(asked: Omit<ContractCase, 'outputs'>): Promise<Told> {
  const { graph, inputs, ports } = contractRunOf(asked);
  const engine = testEngine();
  return tell(engine.run(engine.compile(graph), inputs, ports(true), { facts: testFacts }));
}

/** All runs of the fixtures of contract workflow-engine 13. */
export const contractRuns: readonly FixtureRun[] = contractCases.map(contractRunOf);
