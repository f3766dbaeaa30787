// `npm run demo`: a simulated Microsoft cloud, Interlock on SQLite, and one pause from token to proof.
// With --stay both go on running afterwards, for your own requests.
import { once } from 'node:events';
import { stopPrograms } from './processes.ts';
import { whoCanSignIn } from './console.ts';
import { setStage, type Stage, world } from './stage.ts';
import { play } from './story.ts';

const staying = process.argv.includes('--stay');
try {
  console.log('Starting a simulated Microsoft cloud (TLS) and Interlock on SQLite ...\n');
  const stage = await setStage({ withConsole: staying });
  await play(stage);
  if (staying) {
    invite(stage);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } else {
    console.log('\nTo try it yourself: npm run demo -- --stay     To run it for real: npm start');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stopPrograms();
}

function invite({ interlockUrl, cloudUrl, caFile, console: demoConsole }: Stage): void {
  const jobs = `${interlockUrl}/v1.0/servicePrincipals/${world.job.servicePrincipalId}/synchronization/jobs`;
  const curl = demoConsole === undefined ? 'curl' : `curl --cacert ${demoConsole.caFile}`;
  console.log(`
Both are running. The console, for people with a browser: ${interlockUrl}/console
(The browser will warn twice: nobody vouches for certificates that were made up a minute ago.)
Choose who you are when you sign in; nobody has a password here:
${whoCanSignIn().join('\n')}

Paste into another terminal:

TOKEN=$(curl -s --cacert ${caFile} ${cloudUrl}/${world.tenant}/oauth2/v2.0/token \\
  -d grant_type=client_credentials -d client_id=${world.hrPortal.clientId} \\
  -d client_secret=${world.hrPortal.secret} -d scope=api://interlock/.default | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

${curl} -i -H "Authorization: Bearer $TOKEN" ${jobs}

${curl} -i -X POST -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"reason":"HR import would disable half of sales","ticket":"CHG0012345"}' \\
  ${jobs}/${world.job.jobId}/pause

${curl} ${interlockUrl}/log/checkpoint        the API to read: ${interlockUrl}/docs

Ctrl-C ends both.`);
}
