import { execFileSync } from 'node:child_process';
import { clouds } from '#graph';
import { ClientId, cloudNames, ObjectId, ServicePrincipalId } from '#kernel';
import { Remedies } from './remedies.ts';

const clientId = ClientId.parse('a0000000-0000-4000-8000-000000000001', 'client');
const us = ObjectId.parse('b0000000-0000-4000-8000-000000000001', 'principal');
const target = ServicePrincipalId.parse('d0000000-0000-4000-8000-000000000001', 'target');
const remedies = new Remedies('global', clientId);

/** What `az` gets as its arguments when a shell runs the command; asked for an id it says whose. */
function argumentsOf(command: string | undefined): readonly string[] {
  const az = `az() { if [ "$1 $2 $3" = 'ad sp show' ]; then echo "id-of-$5"; else printf '%s\\n' "$@"; fi; }`;
  return execFileSync('bash', ['-euc', `${az}; ${command ?? ''}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
}

const after = (args: readonly string[], name: string): string => args[args.indexOf(name) + 1] ?? '';

describe('the commands that the doctor tells', () => {
  it('make us an owner of the enterprise application, as a shell reads them', () => {
    const args = argumentsOf(remedies.own(target, us).az);

    expect(after(args, '--url')).toBe(`https://graph.microsoft.com/v1.0/servicePrincipals/${target}/owners/$ref`);
    expect(JSON.parse(after(args, '--body'))).toEqual({
      '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${us}`,
    });
  });

  it.each([
    ['known', us, us],
    ['not known', undefined, `id-of-${clientId}`],
  ])('grant OwnedBy when our object id is %s', (_, principal, expected) => {
    const args = argumentsOf(remedies.grantOwnedBy(principal).az);

    expect(after(args, '--url')).toBe(
      `https://graph.microsoft.com/v1.0/servicePrincipals/${expected}/appRoleAssignments`,
    );
    expect(JSON.parse(after(args, '--body'))).toEqual({
      principalId: expected,
      resourceId: 'id-of-00000003-0000-0000-c000-000000000000',
      appRoleId: '18a4783c-866b-4cc7-a460-3d5e5662c884',
    });
  });

  it.each(cloudNames)('go to the Graph of the cloud %s, not to where ours was overridden to', (cloud) => {
    const { az, powershell } = new Remedies(cloud, clientId).own(target, us);

    expect(az).toContain(`${clouds[cloud].graphRoot}/v1.0/servicePrincipals/`);
    expect(powershell).toContain(`${clouds[cloud].graphRoot}/v1.0/directoryObjects/${us}`);
  });
});
