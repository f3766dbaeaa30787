// Generated from the OpenAPI document by `npm run generate`, so as long as the API is wide. Do not edit.
export interface paths {
    "/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a service principal's provisioning jobs
         * @description Jobs that the caller may not read are left out. A trailing slash is fine.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a provisioning job */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs/{jobId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a provisioning job
         * @description The request is judged by the policy and recorded before Graph hears of it. 204 means that Graph accepted the pause; the cycle under way still finishes. A job that is paused already is paused again, and the log says so. The caller holds the job from then on, until `duration` or `until`, when it is started again, or until it gives the hold up. Pausing once more replaces the hold.
         */
        post: operations["pauseJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs/{jobId}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a provisioning job
         * @description Ends the caller's hold. While others hold the job nothing is done (409 `held_by_others`). The job is read first. One that is not stopped is not started (409 `job_running`); one in quarantine only where the deciding rule says `startQuarantined` (409 `job_quarantined`). If the job cannot be read it is not started. 204 means that Graph accepted the start.
         */
        post: operations["startJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the jobs that the policy names
         * @description In the order of the policy, without those that the caller may not read. Graph is not called.
         */
        get: operations["listNamedJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See the state of a job
         * @description Read from Graph now; with the pause that it rests on, as far as the log knows.
         */
        get: operations["getJobByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{alias}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a job, and see it afterwards
         * @description The request is judged by the policy and recorded before Graph hears of it. 204 means that Graph accepted the pause; the cycle under way still finishes. A job that is paused already is paused again, and the log says so. The caller holds the job from then on, until `duration` or `until`, when it is started again, or until it gives the hold up. Pausing once more replaces the hold.
         */
        post: operations["pauseJobByName"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{alias}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a job, and see it afterwards
         * @description Ends the caller's hold. While others hold the job nothing is done (409 `held_by_others`). The job is read first. One that is not stopped is not started (409 `job_running`); one in quarantine only where the deciding rule says `startQuarantined` (409 `job_quarantined`). If the job cannot be read it is not started. 204 means that Graph accepted the start.
         */
        post: operations["startJobByName"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{servicePrincipalId}/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See the state of a job
         * @description Read from Graph now; with the pause that it rests on, as far as the log knows.
         */
        get: operations["getJobByIds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{servicePrincipalId}/{jobId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a job, and see it afterwards
         * @description The request is judged by the policy and recorded before Graph hears of it. 204 means that Graph accepted the pause; the cycle under way still finishes. A job that is paused already is paused again, and the log says so. The caller holds the job from then on, until `duration` or `until`, when it is started again, or until it gives the hold up. Pausing once more replaces the hold.
         */
        post: operations["pauseJobByIds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{servicePrincipalId}/{jobId}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a job, and see it afterwards
         * @description Ends the caller's hold. While others hold the job nothing is done (409 `held_by_others`). The job is read first. One that is not stopped is not started (409 `job_running`); one in quarantine only where the deciding rule says `startQuarantined` (409 `job_quarantined`). If the job cannot be read it is not started. 204 means that Graph accepted the start.
         */
        post: operations["startJobByIds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who holds which job, and until when
         * @description A caller sees its own holds and those of jobs that it may read; with `Holds.Override` all of them.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/holds/{holdId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a hold and what became of it
         * @description A caller sees its own holds and those of jobs that it may read; with `Holds.Override` all of them.
         */
        get: operations["getHold"];
        put?: never;
        post?: never;
        /**
         * Give up a hold
         * @description For its owner, or with `Holds.Override` and a reason. When it is the last hold of a job that was running before, the job is started again, unless somebody else has started it, it is in quarantine, or the policy forbids it: `state` and `cause` of the reply tell what happened. While a pause or start of the job is under way nothing is changed (409 `hold_changing`).
         */
        delete: operations["releaseHold"];
        options?: never;
        head?: never;
        /**
         * Move the end of a hold
         * @description For its owner. Judged by the policy like the pause that made it, counting from when it began: `maxDuration` holds for the whole. Reason and ticket of the pause count unless new ones are given.
         */
        patch: operations["extendHold"];
        trace?: never;
    };
    "/api/bulk/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause many jobs
         * @description Each job goes the way of a single request: judged by the policy, recorded, sent, with a hold and an outcome of its own, so partial results are normal. At most 500 jobs. It is on record and carried to its end, over restarts too, from the reply on; what was not begun within an hour is not done any more.
         */
        post: operations["pauseJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start many jobs
         * @description Each job goes the way of a single request: judged by the policy, recorded, sent, with a hold and an outcome of its own, so partial results are normal. At most 500 jobs. It is on record and carried to its end, over restarts too, from the reply on; what was not begun within an hour is not done any more.
         */
        post: operations["startJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a bulk operation
         * @description For the caller that began it, and with `Audit.Read`, which is recorded. An operation can be looked at for 30 days after its end.
         */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who you are to Interlock and what you may do
         * @description Judges every action on every job of the catalog for you, now and without a justification: allowed, what it would need, or why it is denied. Nothing is recorded and nothing is sent to Graph.
         */
        get: operations["readMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the policy in force
         * @description As JSON, or as the file's own text with `Accept: application/yaml`. The read is recorded.
         */
        get: operations["readPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask how a request would be judged, rule by rule
         * @description Judges by the policy in force, apart from the coarse rights of a token. Nothing is sent to Graph; that it was asked is recorded.
         */
        post: operations["explainPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/who-can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask who can do something to a job
         * @description Each caller of the policy is judged by itself: a person who is several callers has the grants of all, and the denials too. That it was asked is recorded.
         */
        get: operations["whoCan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what another policy would change
         * @description Compares the policy in force with the one in the body over callers, actions and jobs, by conditions and not by sample times. That it was asked is recorded.
         */
        post: operations["diffPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was asked and what became of it
         * @description One item per request: denied, or the intent with its outcome and reconciliation in one state. A read that only prepares a pause belongs to the pause. A query is terms that must all hold, `name:value`, or `-name:value` for "not", separated by spaces; values with spaces stand in double quotes. Names: actor, application, action, type, principal, job, decision, outcome, rule, ticket, request, client-request, created, index. `created` and `index` take ranges `a..b`, both ends included, with `*` for an open end. `actor` takes a pseudonym or an object id. Each name may also be a parameter of its own. What is read is recorded, with the query and the purpose.
         */
        get: operations["listAuditOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/operations/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One operation with its events */
        get: operations["readAuditOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events as they are recorded
         * @description A query is terms that must all hold, `name:value`, or `-name:value` for "not", separated by spaces; values with spaces stand in double quotes. Names: actor, application, action, type, principal, job, decision, outcome, rule, ticket, request, client-request, created, index. `created` and `index` take ranges `a..b`, both ends included, with `*` for an open end. `actor` takes a pseudonym or an object id. Each name may also be a parameter of its own. What is read is recorded, with the query and the purpose.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/events/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event */
        get: operations["readAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/events/{index}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that an entry stands in the log
         * @description A c2sp.org/tlog-proof@v1 file: inclusion proof and signed checkpoint.
         */
        get: operations["proveAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that the log only grew between two sizes
         * @description The body that a c2sp.org/tlog-witness takes: old size, consistency proof, signed checkpoint.
         */
        get: operations["proveAuditConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a part of the log
         * @description A query is terms that must all hold, `name:value`, or `-name:value` for "not", separated by spaces; values with spaces stand in double quotes. Names: actor, application, action, type, principal, job, decision, outcome, rule, ticket, request, client-request, created, index. `created` and `index` take ranges `a..b`, both ends included, with `*` for an open end. `actor` takes a pseudonym or an object id. Each name may also be a parameter of its own. What is read is recorded, with the query and the purpose. A purpose is required. The last line holds the count, the query and the checkpoint, signed by the log's key: without it something is missing.
         */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A part of the log as evidence that outsiders can check
         * @description A .zip with the exact bytes of all entries that the query finds (at most 25000), a proof for each, the checkpoint, the policies that they cite, a signed manifest, and a script that checks it all with openssl. A purpose is required. The query is as for the export. Recorded before the first byte, and at the end with the SHA-256 of the bundle.
         */
        post: operations["makeEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which requests nobody knows the end of
         * @description Intents whose outcome is unknown, and intents without outcome that nobody works on any more. Each is taken off the list by a reconciliation, which stands in the log.
         */
        get: operations["listOpenUnknowns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far the log proves what it says
         * @description Size, last checkpoint, and which anchors hold one. Until an anchor does, the log is "tamper-detecting"; afterwards it is "tamper-evident" up to the size that was anchored.
         */
        get: operations["readLogStanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put on record that an entry was looked at
         * @description Becomes an entry of its own, `audit.reviewed`, whose parent is the one that was looked at. May be done again, by anybody who may read the log.
         */
        post: operations["markReviewed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed checkpoint of the transparency log
         * @description A C2SP tlog-checkpoint: origin, size, root hash and Ed25519 signature.
         */
        get: operations["checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/checkpoint/witnessed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The largest checkpoint that witnesses cosigned
         * @description A C2SP tlog-checkpoint with the log's signature and a line of each witness (cosignature/v1). The log has grown since; an inclusion proof for this size carries the same lines.
         */
        get: operations["witnessedCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/trust.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All keys of the transparency log
         * @description Each key with the smallest and the largest size that it signs, both included: a trust file for interlock-verify. Compare it with a copy from another source.
         */
        get: operations["trustFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/vkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public key of the transparency log
         * @description One line, as verifiers of C2SP signed notes take it. Compare it with a copy from another source.
         */
        get: operations["vkey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/tile/{level}/{tile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hashes of one level of the tree
         * @description A C2SP tlog-tiles tile: up to 256 hashes of 32 bytes. Full tiles never change.
         */
        get: operations["hashTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/tile/entries/{tile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entries of the log, byte for byte
         * @description A C2SP tlog-tiles entry bundle: each entry behind its length as big-endian uint16. Recorded. 410 for what a retention policy pruned.
         */
        get: operations["entryBundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a request would be served now
         * @description Where monitoring has a port of its own (METRICS_PORT), the checks are told there only.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for monitoring
         * @description In the text format of Prometheus. Open like the health checks, because it holds counts only. Where monitoring has a port of its own (METRICS_PORT), it is there and not here.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-protected-resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** OAuth 2.0 protected resource metadata (RFC 9728) */
        get: operations["protectedResourceMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/security.txt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom to tell of a vulnerability (RFC 9116)
         * @description Exists where the operator set INTERLOCK_SECURITY_CONTACT.
         */
        get: operations["securityContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who is signed in and how long it lasts
         * @description Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID). Asking does not keep the session open.
         */
        get: operations["readSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in at the identity provider
         * @description Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID).
         */
        get: operations["signIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the identity provider
         * @description Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID). Completes a sign-in of the same browser, once.
         */
        get: operations["completeSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID). The session ends at once, and its end is recorded.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/backchannel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the sessions that the identity provider ended (OpenID Connect Back-Channel Logout)
         * @description Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID).
         */
        post: operations["signOutByIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The console, for people with a browser
         * @description Exists where the console is configured (INTERLOCK_CONSOLE_CLIENT_ID). Its files are below; / leads to it.
         */
        get: operations["openConsole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description as a page to read */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description As Microsoft Graph sends it; members not listed here pass through. */
        SynchronizationJob: {
            id: string;
            schedule: {
                state: string;
            };
            status: {
                code: string;
            };
        };
        GraphError: {
            error: {
                /** @description Graph's word for it. */
                code: string;
                message: string;
                innerError: {
                    /** @description Stable reason. Besides codes of refused tokens: id_malformed, body_malformed, body_not_allowed, unknown_field, field_invalid, justification_conflict, method_override_not_allowed, query_not_allowed, query_malformed, evidence_too_large, cursor_invalid, selector_empty, too_many_jobs, policy_invalid, target_malformed, idempotency_key_malformed, credentials_conflict, return_to_refused, sign_in_stale, logout_token_invalid, console_header_missing, origin_not_allowed, sign_in_refused, sign_in_unavailable, insufficient_scope, requirement_undeclared, denied_by_rule, requirement_missing, outside_window, no_matching_rule, evaluation_error, route_not_found, method_not_allowed, request_timeout, body_too_large, uri_too_long, media_type_unsupported, headers_too_large, job_unknown, job_running, job_quarantined, held_by_others, hold_changing, hold_not_in_force, hold_not_yours, hold_not_ended, operation_unknown, operation_expired, hold_unknown, actor_unknown, tile_unknown, entry_unknown, entry_pruned, checkpoint_retired, checkpoint_unwitnessed, graph_not_found, idempotency_key_reused, idempotency_in_flight, rate_limited, graph_throttled, graph_conflict, graph_unavailable, graph_not_owned, graph_forbidden, graph_rejected, graph_malformed_reply, not_done, outcome_unknown, outcome_unrecorded, audit_unavailable, log_head_regressed, log_head_invalid, log_key_mismatch, credential_unavailable, connect_failed, state_unread, circuit_open, overloaded, too_busy, deadline_exceeded, keys_unavailable, log_tiles_invalid, event_not_recordable, internal_error. */
                    code?: string;
                    /** @description The event that records this request. */
                    "audit-event-id"?: string;
                    date?: string;
                    "request-id"?: string;
                    "client-request-id"?: string;
                };
            };
        };
        Problem: {
            type: string;
            title: string;
            /** Format: int64 */
            status: number;
            detail: string;
            instance?: string;
            /** @description Stable reason. Besides codes of refused tokens: id_malformed, body_malformed, body_not_allowed, unknown_field, field_invalid, justification_conflict, method_override_not_allowed, query_not_allowed, query_malformed, evidence_too_large, cursor_invalid, selector_empty, too_many_jobs, policy_invalid, target_malformed, idempotency_key_malformed, credentials_conflict, return_to_refused, sign_in_stale, logout_token_invalid, console_header_missing, origin_not_allowed, sign_in_refused, sign_in_unavailable, insufficient_scope, requirement_undeclared, denied_by_rule, requirement_missing, outside_window, no_matching_rule, evaluation_error, route_not_found, method_not_allowed, request_timeout, body_too_large, uri_too_long, media_type_unsupported, headers_too_large, job_unknown, job_running, job_quarantined, held_by_others, hold_changing, hold_not_in_force, hold_not_yours, hold_not_ended, operation_unknown, operation_expired, hold_unknown, actor_unknown, tile_unknown, entry_unknown, entry_pruned, checkpoint_retired, checkpoint_unwitnessed, graph_not_found, idempotency_key_reused, idempotency_in_flight, rate_limited, graph_throttled, graph_conflict, graph_unavailable, graph_not_owned, graph_forbidden, graph_rejected, graph_malformed_reply, not_done, outcome_unknown, outcome_unrecorded, audit_unavailable, log_head_regressed, log_head_invalid, log_key_mismatch, credential_unavailable, connect_failed, state_unread, circuit_open, overloaded, too_busy, deadline_exceeded, keys_unavailable, log_tiles_invalid, event_not_recordable, internal_error. */
            code: string;
            requestId?: string;
        };
    };
    responses: {
        /** @description The error envelope of Microsoft Graph. */
        GraphError: {
            headers: {
                /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                RateLimit?: string;
                /** @description Seconds. With 429 and 503, and with 409 where waiting helps. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description RFC 9457 problem details. */
        Problem: {
            headers: {
                /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                RateLimit?: string;
                /** @description Seconds. With 429 and 503, and with 409 where waiting helps. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listJobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs, as Graph lists them. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        value?: components["schemas"]["SynchronizationJob"][];
                    };
                };
            };
            400: components["responses"]["GraphError"];
            401: components["responses"]["GraphError"];
            403: components["responses"]["GraphError"];
            404: components["responses"]["GraphError"];
            429: components["responses"]["GraphError"];
            502: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
                /** @description Id of the synchronizationJob, case-sensitive. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, as Graph shows it. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SynchronizationJob"];
                };
            };
            400: components["responses"]["GraphError"];
            401: components["responses"]["GraphError"];
            403: components["responses"]["GraphError"];
            404: components["responses"]["GraphError"];
            429: components["responses"]["GraphError"];
            502: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    pauseJob: {
        parameters: {
            query?: {
                /** @description Judge and explain only: nothing is recorded as an intent and Graph is not called. */
                dryRun?: boolean;
            };
            header?: {
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
                /** @description Id of the synchronizationJob, case-sensitive. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description A dry run: what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Accepted by Graph, with its outcome recorded. */
            204: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["GraphError"];
            401: components["responses"]["GraphError"];
            403: components["responses"]["GraphError"];
            404: components["responses"]["GraphError"];
            409: components["responses"]["GraphError"];
            413: components["responses"]["GraphError"];
            415: components["responses"]["GraphError"];
            422: components["responses"]["GraphError"];
            429: components["responses"]["GraphError"];
            502: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    startJob: {
        parameters: {
            query?: {
                /** @description Judge and explain only: nothing is recorded as an intent and Graph is not called. */
                dryRun?: boolean;
            };
            header?: {
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
                /** @description Id of the synchronizationJob, case-sensitive. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description A dry run: what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Accepted by Graph, with its outcome recorded. */
            204: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["GraphError"];
            401: components["responses"]["GraphError"];
            403: components["responses"]["GraphError"];
            404: components["responses"]["GraphError"];
            409: components["responses"]["GraphError"];
            413: components["responses"]["GraphError"];
            415: components["responses"]["GraphError"];
            422: components["responses"]["GraphError"];
            429: components["responses"]["GraphError"];
            502: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    listNamedJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description The job's name in the policy's catalog. */
                            alias?: string;
                            servicePrincipalId: string;
                            tags?: string[];
                            jobId?: string;
                            /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                            openUnknowns?: {
                                /** @description Id of the intent. */
                                eventId: string;
                                /** @enum {string} */
                                operation: "list" | "read" | "pause" | "start";
                                /**
                                 * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                                 * @enum {string}
                                 */
                                state: "unknown" | "orphan";
                                /** @description When the request was received. */
                                since: string;
                                /** Format: int64 */
                                ageSeconds: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    getJobByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job's name in the policy's catalog. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        servicePrincipalId: string;
                        tags?: string[];
                        jobId: string;
                        state: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description After a change: what it was like before, when that was read. */
                        before?: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description Present while Graph keeps the job in quarantine; a start would clear it. */
                        quarantine?: {
                            /** @description Graph's word, such as `TooManyDeletes`. */
                            reason?: string;
                        };
                        /** @description The pause through Interlock that the job rests on, as far as the log knows. */
                        pausedBy?: {
                            /** @description The pause's intent in the audit log. */
                            eventId: string;
                            time: string;
                            /** @description Client id of the calling application. */
                            application?: string;
                            /** @description Pseudonym of the caller, as in the audit log. */
                            actor?: string;
                        };
                        /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                        openUnknowns?: {
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    pauseJobByName: {
        parameters: {
            query?: {
                /** @description Judge and explain only: nothing is recorded as an intent and Graph is not called. */
                dryRun?: boolean;
            };
            header?: {
                /** @description `return=representation` (RFC 7240) asks for the job as it is after the change. It is met, and `Preference-Applied` says so, when the caller may read the job and Graph shows it. */
                prefer?: string;
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The job's name in the policy's catalog. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The job after the change, where that was preferred; for a dry run what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        servicePrincipalId: string;
                        tags?: string[];
                        jobId: string;
                        state: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description After a change: what it was like before, when that was read. */
                        before?: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description Present while Graph keeps the job in quarantine; a start would clear it. */
                        quarantine?: {
                            /** @description Graph's word, such as `TooManyDeletes`. */
                            reason?: string;
                        };
                        /** @description The pause through Interlock that the job rests on, as far as the log knows. */
                        pausedBy?: {
                            /** @description The pause's intent in the audit log. */
                            eventId: string;
                            time: string;
                            /** @description Client id of the calling application. */
                            application?: string;
                            /** @description Pseudonym of the caller, as in the audit log. */
                            actor?: string;
                        };
                        /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                        openUnknowns?: {
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                        }[];
                    } | {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Accepted by Graph, with its outcome recorded. */
            204: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    startJobByName: {
        parameters: {
            query?: {
                /** @description Judge and explain only: nothing is recorded as an intent and Graph is not called. */
                dryRun?: boolean;
            };
            header?: {
                /** @description `return=representation` (RFC 7240) asks for the job as it is after the change. It is met, and `Preference-Applied` says so, when the caller may read the job and Graph shows it. */
                prefer?: string;
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The job's name in the policy's catalog. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The job after the change, where that was preferred; for a dry run what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        servicePrincipalId: string;
                        tags?: string[];
                        jobId: string;
                        state: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description After a change: what it was like before, when that was read. */
                        before?: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description Present while Graph keeps the job in quarantine; a start would clear it. */
                        quarantine?: {
                            /** @description Graph's word, such as `TooManyDeletes`. */
                            reason?: string;
                        };
                        /** @description The pause through Interlock that the job rests on, as far as the log knows. */
                        pausedBy?: {
                            /** @description The pause's intent in the audit log. */
                            eventId: string;
                            time: string;
                            /** @description Client id of the calling application. */
                            application?: string;
                            /** @description Pseudonym of the caller, as in the audit log. */
                            actor?: string;
                        };
                        /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                        openUnknowns?: {
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                        }[];
                    } | {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Accepted by Graph, with its outcome recorded. */
            204: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    getJobByIds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
                /** @description Id of the synchronizationJob, case-sensitive. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        servicePrincipalId: string;
                        tags?: string[];
                        jobId: string;
                        state: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description After a change: what it was like before, when that was read. */
                        before?: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description Present while Graph keeps the job in quarantine; a start would clear it. */
                        quarantine?: {
                            /** @description Graph's word, such as `TooManyDeletes`. */
                            reason?: string;
                        };
                        /** @description The pause through Interlock that the job rests on, as far as the log knows. */
                        pausedBy?: {
                            /** @description The pause's intent in the audit log. */
                            eventId: string;
                            time: string;
                            /** @description Client id of the calling application. */
                            application?: string;
                            /** @description Pseudonym of the caller, as in the audit log. */
                            actor?: string;
                        };
                        /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                        openUnknowns?: {
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    pauseJobByIds: {
        parameters: {
            query?: {
                /** @description Judge and explain only: nothing is recorded as an intent and Graph is not called. */
                dryRun?: boolean;
            };
            header?: {
                /** @description `return=representation` (RFC 7240) asks for the job as it is after the change. It is met, and `Preference-Applied` says so, when the caller may read the job and Graph shows it. */
                prefer?: string;
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
                /** @description Id of the synchronizationJob, case-sensitive. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The job after the change, where that was preferred; for a dry run what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        servicePrincipalId: string;
                        tags?: string[];
                        jobId: string;
                        state: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description After a change: what it was like before, when that was read. */
                        before?: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description Present while Graph keeps the job in quarantine; a start would clear it. */
                        quarantine?: {
                            /** @description Graph's word, such as `TooManyDeletes`. */
                            reason?: string;
                        };
                        /** @description The pause through Interlock that the job rests on, as far as the log knows. */
                        pausedBy?: {
                            /** @description The pause's intent in the audit log. */
                            eventId: string;
                            time: string;
                            /** @description Client id of the calling application. */
                            application?: string;
                            /** @description Pseudonym of the caller, as in the audit log. */
                            actor?: string;
                        };
                        /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                        openUnknowns?: {
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                        }[];
                    } | {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Accepted by Graph, with its outcome recorded. */
            204: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    startJobByIds: {
        parameters: {
            query?: {
                /** @description Judge and explain only: nothing is recorded as an intent and Graph is not called. */
                dryRun?: boolean;
            };
            header?: {
                /** @description `return=representation` (RFC 7240) asks for the job as it is after the change. It is met, and `Preference-Applied` says so, when the caller may read the job and Graph shows it. */
                prefer?: string;
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Object id of the enterprise application (not its appId). */
                servicePrincipalId: string;
                /** @description Id of the synchronizationJob, case-sensitive. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The job after the change, where that was preferred; for a dry run what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        servicePrincipalId: string;
                        tags?: string[];
                        jobId: string;
                        state: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description After a change: what it was like before, when that was read. */
                        before?: {
                            /** @description No new cycle will start; one under way still finishes. */
                            stopped: boolean;
                            /** @description `schedule.state` as Graph sent it. */
                            scheduleState: string;
                            /** @description `status.code` as Graph sent it. */
                            statusCode: string;
                        };
                        /** @description Present while Graph keeps the job in quarantine; a start would clear it. */
                        quarantine?: {
                            /** @description Graph's word, such as `TooManyDeletes`. */
                            reason?: string;
                        };
                        /** @description The pause through Interlock that the job rests on, as far as the log knows. */
                        pausedBy?: {
                            /** @description The pause's intent in the audit log. */
                            eventId: string;
                            time: string;
                            /** @description Client id of the calling application. */
                            application?: string;
                            /** @description Pseudonym of the caller, as in the audit log. */
                            actor?: string;
                        };
                        /** @description Requests about which nobody knows yet whether they changed the job; absent when there are none. */
                        openUnknowns?: {
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                        }[];
                    } | {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                    };
                };
            };
            /** @description Accepted by Graph, with its outcome recorded. */
            204: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description `open`: those that count. `all`: ended ones too. */
                state?: "open" | "all";
                /** @description With `jobId`: only holds of this job. */
                servicePrincipalId?: string;
                /** @description With `servicePrincipalId`: only holds of this job. */
                jobId?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Where to go on: from the Link header of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The holds. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    /** @description RFC 8288 links: first, and next unless this is the last page. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Newest first. */
                        items: {
                            /** @description Id of the hold, and of the pause's intent in the audit log. */
                            id: string;
                            servicePrincipalId: string;
                            jobId: string;
                            /** @description The job's name in the policy's catalog. */
                            alias?: string;
                            /**
                             * @description `held`: the job stays paused. `released`: ended while others hold the job. `resumed`: it was the last one and the job was started. `not_resumed`: it was the last one and the job was left paused. `superseded`: somebody else had started the job. `replaced`: its owner paused the job again. The two unknown states end by reconciliation.
                             * @enum {string}
                             */
                            state: "pausing" | "pause_unknown" | "held" | "resuming" | "resume_unknown" | "not_paused" | "replaced" | "released" | "resumed" | "not_resumed" | "superseded";
                            /** @description Stable code of how or why it ended, such as `expired`, `paused_before`, `quarantined` or `policy`. */
                            cause?: string;
                            /** @description The hold that replaced it. */
                            replacedBy?: string;
                            owner: {
                                /** @enum {string} */
                                kind: "application" | "user";
                                /** @description Client id of the application that paused. */
                                application: string;
                                /** @description Of a person. */
                                name?: string;
                            };
                            /** @description Whether it is yours. */
                            own: boolean;
                            since: string;
                            /** @description When it ends by itself; absent when it does not. */
                            until?: string;
                            ticket?: string;
                            /** @description For its owner, and for those who may override holds. */
                            reason?: string;
                            /**
                             * @description What the job was like before it was paused. Only one that was running is started at the end.
                             * @enum {string}
                             */
                            before: "running" | "stopped" | "unknown";
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the hold. */
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the hold, and of the pause's intent in the audit log. */
                        id: string;
                        servicePrincipalId: string;
                        jobId: string;
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        /**
                         * @description `held`: the job stays paused. `released`: ended while others hold the job. `resumed`: it was the last one and the job was started. `not_resumed`: it was the last one and the job was left paused. `superseded`: somebody else had started the job. `replaced`: its owner paused the job again. The two unknown states end by reconciliation.
                         * @enum {string}
                         */
                        state: "pausing" | "pause_unknown" | "held" | "resuming" | "resume_unknown" | "not_paused" | "replaced" | "released" | "resumed" | "not_resumed" | "superseded";
                        /** @description Stable code of how or why it ended, such as `expired`, `paused_before`, `quarantined` or `policy`. */
                        cause?: string;
                        /** @description The hold that replaced it. */
                        replacedBy?: string;
                        owner: {
                            /** @enum {string} */
                            kind: "application" | "user";
                            /** @description Client id of the application that paused. */
                            application: string;
                            /** @description Of a person. */
                            name?: string;
                        };
                        /** @description Whether it is yours. */
                        own: boolean;
                        since: string;
                        /** @description When it ends by itself; absent when it does not. */
                        until?: string;
                        ticket?: string;
                        /** @description For its owner, and for those who may override holds. */
                        reason?: string;
                        /**
                         * @description What the job was like before it was paused. Only one that was running is started at the end.
                         * @enum {string}
                         */
                        before: "running" | "stopped" | "unknown";
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the hold. */
                holdId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The hold as it has ended. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the hold, and of the pause's intent in the audit log. */
                        id: string;
                        servicePrincipalId: string;
                        jobId: string;
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        /**
                         * @description `held`: the job stays paused. `released`: ended while others hold the job. `resumed`: it was the last one and the job was started. `not_resumed`: it was the last one and the job was left paused. `superseded`: somebody else had started the job. `replaced`: its owner paused the job again. The two unknown states end by reconciliation.
                         * @enum {string}
                         */
                        state: "pausing" | "pause_unknown" | "held" | "resuming" | "resume_unknown" | "not_paused" | "replaced" | "released" | "resumed" | "not_resumed" | "superseded";
                        /** @description Stable code of how or why it ended, such as `expired`, `paused_before`, `quarantined` or `policy`. */
                        cause?: string;
                        /** @description The hold that replaced it. */
                        replacedBy?: string;
                        owner: {
                            /** @enum {string} */
                            kind: "application" | "user";
                            /** @description Client id of the application that paused. */
                            application: string;
                            /** @description Of a person. */
                            name?: string;
                        };
                        /** @description Whether it is yours. */
                        own: boolean;
                        since: string;
                        /** @description When it ends by itself; absent when it does not. */
                        until?: string;
                        ticket?: string;
                        /** @description For its owner, and for those who may override holds. */
                        reason?: string;
                        /**
                         * @description What the job was like before it was paused. Only one that was running is started at the end.
                         * @enum {string}
                         */
                        before: "running" | "stopped" | "unknown";
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    extendHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same as `reason` in the body, for clients that cannot send one. */
                "interlock-reason"?: string;
                /** @description The same as `ticket` in the body, for clients that cannot send one. */
                "interlock-ticket"?: string;
                /** @description The same as `duration` in the body, for clients that cannot send one. */
                "interlock-duration"?: string;
                /** @description The same as `until` in the body, for clients that cannot send one. */
                "interlock-until"?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the hold. */
                holdId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description The hold with its new end. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the hold, and of the pause's intent in the audit log. */
                        id: string;
                        servicePrincipalId: string;
                        jobId: string;
                        /** @description The job's name in the policy's catalog. */
                        alias?: string;
                        /**
                         * @description `held`: the job stays paused. `released`: ended while others hold the job. `resumed`: it was the last one and the job was started. `not_resumed`: it was the last one and the job was left paused. `superseded`: somebody else had started the job. `replaced`: its owner paused the job again. The two unknown states end by reconciliation.
                         * @enum {string}
                         */
                        state: "pausing" | "pause_unknown" | "held" | "resuming" | "resume_unknown" | "not_paused" | "replaced" | "released" | "resumed" | "not_resumed" | "superseded";
                        /** @description Stable code of how or why it ended, such as `expired`, `paused_before`, `quarantined` or `policy`. */
                        cause?: string;
                        /** @description The hold that replaced it. */
                        replacedBy?: string;
                        owner: {
                            /** @enum {string} */
                            kind: "application" | "user";
                            /** @description Client id of the application that paused. */
                            application: string;
                            /** @description Of a person. */
                            name?: string;
                        };
                        /** @description Whether it is yours. */
                        own: boolean;
                        since: string;
                        /** @description When it ends by itself; absent when it does not. */
                        until?: string;
                        ticket?: string;
                        /** @description For its owner, and for those who may override holds. */
                        reason?: string;
                        /**
                         * @description What the job was like before it was paused. Only one that was running is started at the end.
                         * @enum {string}
                         */
                        before: "running" | "stopped" | "unknown";
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    pauseJobs: {
        parameters: {
            query?: {
                /** @description Only tell what the policy says about each job; nothing is recorded or sent. */
                dryRun?: "true" | "false";
            };
            header?: {
                /** @description RFC 7240: `wait=10` asks to wait so many seconds (30 at most) for the end, which is then answered with 200. Without it, or with `respond-async`, the reply comes at once. */
                prefer?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which jobs. An entry of the catalog without a job id stands for every job of its service principal. */
                    selector: {
                        /** @description Every job of this service principal. */
                        servicePrincipalId: string;
                    } | {
                        /** @description Every entry of the policy's catalog with this tag. */
                        tag: string;
                    } | {
                        /** @description These entries of the policy's catalog. */
                        aliases: string[];
                    };
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                    /** @description Like the query parameter: only tell what the policy says. */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description The operation, where it ended within the preferred wait; for a dry run what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also the id of its `bulk.started` in the audit log, which every item names as its parent. */
                        id: string;
                        /** @enum {string} */
                        action: "pause" | "start";
                        /** @enum {string} */
                        state: "running" | "finished";
                        startedAt: string;
                        finishedAt?: string;
                        counts: {
                            /** Format: int64 */
                            waiting: number;
                            /** Format: int64 */
                            in_progress: number;
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            denied: number;
                            /** Format: int64 */
                            failed: number;
                            /** Format: int64 */
                            unknown: number;
                        };
                        items: {
                            /** Format: int64 */
                            position: number;
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            /**
                             * @description `denied`: the policy or the state of the job forbids it. `failed`: it was certainly not done. `unknown`: it was sent and nobody saw the answer; it becomes `done` or `failed` when that is found out.
                             * @enum {string}
                             */
                            state: "waiting" | "in_progress" | "done" | "denied" | "failed" | "unknown";
                            /** @description What the policy said, once it was asked. */
                            decision?: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                rule?: string;
                            };
                            /**
                             * @description What was observed at Microsoft Graph, or found out later.
                             * @enum {string}
                             */
                            outcome?: "success" | "failure" | "unknown" | "applied" | "not_applied" | "inconclusive";
                            /** @description Its intent or denial in the audit log. */
                            event?: string;
                            /** @description RFC 9457: what a request for this job alone would have been answered. */
                            problem?: {
                                type: string;
                                title: string;
                                /** Format: int64 */
                                status: number;
                                detail: string;
                                instance?: string;
                                code: string;
                            };
                        }[];
                    } | {
                        /** @constant */
                        dryRun: true;
                        counts: {
                            /** Format: int64 */
                            allow: number;
                            /** Format: int64 */
                            deny: number;
                        };
                        items: {
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            judgement: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                /** @description The rule that decided, or that came nearest. */
                                rule?: string;
                                /** @description Stable reason of a denial. */
                                code?: string;
                                /** @description What is missing for a rule that would allow it. */
                                unmet?: string[];
                                policySha256: string;
                                trace: {
                                    rule: string;
                                    /** @enum {string} */
                                    effect: "allow" | "deny";
                                    /** @description The first condition that did not hold; absent when the rule matches. */
                                    failed?: {
                                        condition: string;
                                        expected?: string;
                                        got?: string;
                                    };
                                }[];
                            };
                        }[];
                    };
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    /** @description Where to follow it. */
                    Location?: string;
                    /** @description Seconds until it is worth a look. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also the id of its `bulk.started` in the audit log, which every item names as its parent. */
                        id: string;
                        /** @enum {string} */
                        action: "pause" | "start";
                        /** @enum {string} */
                        state: "running" | "finished";
                        startedAt: string;
                        finishedAt?: string;
                        counts: {
                            /** Format: int64 */
                            waiting: number;
                            /** Format: int64 */
                            in_progress: number;
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            denied: number;
                            /** Format: int64 */
                            failed: number;
                            /** Format: int64 */
                            unknown: number;
                        };
                        items: {
                            /** Format: int64 */
                            position: number;
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            /**
                             * @description `denied`: the policy or the state of the job forbids it. `failed`: it was certainly not done. `unknown`: it was sent and nobody saw the answer; it becomes `done` or `failed` when that is found out.
                             * @enum {string}
                             */
                            state: "waiting" | "in_progress" | "done" | "denied" | "failed" | "unknown";
                            /** @description What the policy said, once it was asked. */
                            decision?: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                rule?: string;
                            };
                            /**
                             * @description What was observed at Microsoft Graph, or found out later.
                             * @enum {string}
                             */
                            outcome?: "success" | "failure" | "unknown" | "applied" | "not_applied" | "inconclusive";
                            /** @description Its intent or denial in the audit log. */
                            event?: string;
                            /** @description RFC 9457: what a request for this job alone would have been answered. */
                            problem?: {
                                type: string;
                                title: string;
                                /** Format: int64 */
                                status: number;
                                detail: string;
                                instance?: string;
                                code: string;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    startJobs: {
        parameters: {
            query?: {
                /** @description Only tell what the policy says about each job; nothing is recorded or sent. */
                dryRun?: "true" | "false";
            };
            header?: {
                /** @description RFC 7240: `wait=10` asks to wait so many seconds (30 at most) for the end, which is then answered with 200. Without it, or with `respond-async`, the reply comes at once. */
                prefer?: string;
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which jobs. An entry of the catalog without a job id stands for every job of its service principal. */
                    selector: {
                        /** @description Every job of this service principal. */
                        servicePrincipalId: string;
                    } | {
                        /** @description Every entry of the policy's catalog with this tag. */
                        tag: string;
                    } | {
                        /** @description These entries of the policy's catalog. */
                        aliases: string[];
                    };
                    /** @description Why, in plain words. Kept as a digest in the log. */
                    reason?: string;
                    /** @description Change or incident number. */
                    ticket?: string;
                    /**
                     * Format: duration
                     * @description How long the pause shall last, ISO 8601, for example PT2H.
                     */
                    duration?: string;
                    /**
                     * Format: date-time
                     * @description When the pause shall end, RFC 3339.
                     */
                    until?: string;
                    /** @description Like the query parameter: only tell what the policy says. */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description The operation, where it ended within the preferred wait; for a dry run what the policy says. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also the id of its `bulk.started` in the audit log, which every item names as its parent. */
                        id: string;
                        /** @enum {string} */
                        action: "pause" | "start";
                        /** @enum {string} */
                        state: "running" | "finished";
                        startedAt: string;
                        finishedAt?: string;
                        counts: {
                            /** Format: int64 */
                            waiting: number;
                            /** Format: int64 */
                            in_progress: number;
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            denied: number;
                            /** Format: int64 */
                            failed: number;
                            /** Format: int64 */
                            unknown: number;
                        };
                        items: {
                            /** Format: int64 */
                            position: number;
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            /**
                             * @description `denied`: the policy or the state of the job forbids it. `failed`: it was certainly not done. `unknown`: it was sent and nobody saw the answer; it becomes `done` or `failed` when that is found out.
                             * @enum {string}
                             */
                            state: "waiting" | "in_progress" | "done" | "denied" | "failed" | "unknown";
                            /** @description What the policy said, once it was asked. */
                            decision?: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                rule?: string;
                            };
                            /**
                             * @description What was observed at Microsoft Graph, or found out later.
                             * @enum {string}
                             */
                            outcome?: "success" | "failure" | "unknown" | "applied" | "not_applied" | "inconclusive";
                            /** @description Its intent or denial in the audit log. */
                            event?: string;
                            /** @description RFC 9457: what a request for this job alone would have been answered. */
                            problem?: {
                                type: string;
                                title: string;
                                /** Format: int64 */
                                status: number;
                                detail: string;
                                instance?: string;
                                code: string;
                            };
                        }[];
                    } | {
                        /** @constant */
                        dryRun: true;
                        counts: {
                            /** Format: int64 */
                            allow: number;
                            /** Format: int64 */
                            deny: number;
                        };
                        items: {
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            judgement: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                /** @description The rule that decided, or that came nearest. */
                                rule?: string;
                                /** @description Stable reason of a denial. */
                                code?: string;
                                /** @description What is missing for a rule that would allow it. */
                                unmet?: string[];
                                policySha256: string;
                                trace: {
                                    rule: string;
                                    /** @enum {string} */
                                    effect: "allow" | "deny";
                                    /** @description The first condition that did not hold; absent when the rule matches. */
                                    failed?: {
                                        condition: string;
                                        expected?: string;
                                        got?: string;
                                    };
                                }[];
                            };
                        }[];
                    };
                };
            };
            /** @description Begun. */
            202: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    /** @description Where to follow it. */
                    Location?: string;
                    /** @description Seconds until it is worth a look. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also the id of its `bulk.started` in the audit log, which every item names as its parent. */
                        id: string;
                        /** @enum {string} */
                        action: "pause" | "start";
                        /** @enum {string} */
                        state: "running" | "finished";
                        startedAt: string;
                        finishedAt?: string;
                        counts: {
                            /** Format: int64 */
                            waiting: number;
                            /** Format: int64 */
                            in_progress: number;
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            denied: number;
                            /** Format: int64 */
                            failed: number;
                            /** Format: int64 */
                            unknown: number;
                        };
                        items: {
                            /** Format: int64 */
                            position: number;
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            /**
                             * @description `denied`: the policy or the state of the job forbids it. `failed`: it was certainly not done. `unknown`: it was sent and nobody saw the answer; it becomes `done` or `failed` when that is found out.
                             * @enum {string}
                             */
                            state: "waiting" | "in_progress" | "done" | "denied" | "failed" | "unknown";
                            /** @description What the policy said, once it was asked. */
                            decision?: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                rule?: string;
                            };
                            /**
                             * @description What was observed at Microsoft Graph, or found out later.
                             * @enum {string}
                             */
                            outcome?: "success" | "failure" | "unknown" | "applied" | "not_applied" | "inconclusive";
                            /** @description Its intent or denial in the audit log. */
                            event?: string;
                            /** @description RFC 9457: what a request for this job alone would have been answered. */
                            problem?: {
                                type: string;
                                title: string;
                                /** Format: int64 */
                                status: number;
                                detail: string;
                                instance?: string;
                                code: string;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            502: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    getOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From the Location header of the request. */
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is, item by item. `Retry-After` tells when to look again while it runs. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also the id of its `bulk.started` in the audit log, which every item names as its parent. */
                        id: string;
                        /** @enum {string} */
                        action: "pause" | "start";
                        /** @enum {string} */
                        state: "running" | "finished";
                        startedAt: string;
                        finishedAt?: string;
                        counts: {
                            /** Format: int64 */
                            waiting: number;
                            /** Format: int64 */
                            in_progress: number;
                            /** Format: int64 */
                            done: number;
                            /** Format: int64 */
                            denied: number;
                            /** Format: int64 */
                            failed: number;
                            /** Format: int64 */
                            unknown: number;
                        };
                        items: {
                            /** Format: int64 */
                            position: number;
                            /** @description Absent for a job that you may not read. Without `jobId`: every job of the service principal. */
                            job?: {
                                alias?: string;
                                servicePrincipalId: string;
                                jobId?: string;
                            };
                            /**
                             * @description `denied`: the policy or the state of the job forbids it. `failed`: it was certainly not done. `unknown`: it was sent and nobody saw the answer; it becomes `done` or `failed` when that is found out.
                             * @enum {string}
                             */
                            state: "waiting" | "in_progress" | "done" | "denied" | "failed" | "unknown";
                            /** @description What the policy said, once it was asked. */
                            decision?: {
                                /** @enum {string} */
                                effect: "allow" | "deny";
                                rule?: string;
                            };
                            /**
                             * @description What was observed at Microsoft Graph, or found out later.
                             * @enum {string}
                             */
                            outcome?: "success" | "failure" | "unknown" | "applied" | "not_applied" | "inconclusive";
                            /** @description Its intent or denial in the audit log. */
                            event?: string;
                            /** @description RFC 9457: what a request for this job alone would have been answered. */
                            problem?: {
                                type: string;
                                title: string;
                                /** Format: int64 */
                                status: number;
                                detail: string;
                                instance?: string;
                                code: string;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your standing. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Who Interlock takes you for, from your token. */
                        caller: {
                            /** @enum {string} */
                            kind: "application" | "user";
                            tenantId: string;
                            objectId: string;
                            /** @description The client application that presented the token. */
                            clientId: string;
                            name?: string;
                            username?: string;
                            roles: string[];
                            scopes?: string[];
                            directoryRoles?: string[];
                        };
                        /** @description What your token lets you ask for at all. */
                        rights: ("Jobs.Read" | "Jobs.Pause" | "Jobs.Start" | "Holds.Override" | "Jobs.Approve" | "Audit.Read" | "Audit.Disclose" | "Policy.Read")[];
                        /** @description Names under which the policy knows you. */
                        knownAs: string[];
                        /** @description Jobs of the catalog that some rule lets you act on, judged now, as if without a justification. */
                        jobs: {
                            alias: string;
                            servicePrincipalId: string;
                            /** @description Absent: any job of the service principal. */
                            jobId?: string;
                            tags: string[];
                            actions: {
                                read: {
                                    /** @constant */
                                    verdict: "allowed";
                                    /** @description The rule of the policy that allows it. */
                                    rule: string;
                                } | {
                                    /** @constant */
                                    verdict: "needs";
                                    rule?: string;
                                    /** @description What the request must bring, such as `ticket: must match CHG[0-9]{7}`. */
                                    needs: string[];
                                } | {
                                    /** @constant */
                                    verdict: "denied";
                                    /** @description Stable reason, as a request would get it. */
                                    code: string;
                                };
                                pause: {
                                    /** @constant */
                                    verdict: "allowed";
                                    /** @description The rule of the policy that allows it. */
                                    rule: string;
                                } | {
                                    /** @constant */
                                    verdict: "needs";
                                    rule?: string;
                                    /** @description What the request must bring, such as `ticket: must match CHG[0-9]{7}`. */
                                    needs: string[];
                                } | {
                                    /** @constant */
                                    verdict: "denied";
                                    /** @description Stable reason, as a request would get it. */
                                    code: string;
                                };
                                start: {
                                    /** @constant */
                                    verdict: "allowed";
                                    /** @description The rule of the policy that allows it. */
                                    rule: string;
                                } | {
                                    /** @constant */
                                    verdict: "needs";
                                    rule?: string;
                                    /** @description What the request must bring, such as `ticket: must match CHG[0-9]{7}`. */
                                    needs: string[];
                                } | {
                                    /** @constant */
                                    verdict: "denied";
                                    /** @description Stable reason, as a request would get it. */
                                    code: string;
                                };
                            };
                        }[];
                        policySha256: string;
                    };
                };
            };
            401: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    readPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the file; decisions and events name it. */
                        sha256: string;
                        /** @description When this replica put it in force. */
                        since: string;
                        /** @description The policy on trial. */
                        shadowSha256?: string;
                        /**
                         * @description Why the file on disk is not in force; our log says more.
                         * @enum {string}
                         */
                        trouble?: "policy_rejected" | "policy_unrecorded";
                        /** @description The file, as docs/policy.schema.json says. */
                        policy: unknown;
                    };
                    "application/yaml": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    explainPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A caller of the policy; a list for a person that is all of them, empty for somebody it does not know. */
                    caller: string | string[];
                    /** @enum {string} */
                    action: "read" | "pause" | "start";
                    /** @description An alias of the policy, or servicePrincipalId/jobId. */
                    job: string;
                    /** @default {} */
                    justification?: {
                        /** @description Why, in plain words. Kept as a digest in the log. */
                        reason?: string;
                        /** @description Change or incident number. */
                        ticket?: string;
                        /**
                         * Format: duration
                         * @description How long the pause shall last, ISO 8601, for example PT2H.
                         */
                        duration?: string;
                        /**
                         * Format: date-time
                         * @description When the pause shall end, RFC 3339.
                         */
                        until?: string;
                    };
                    /**
                     * Format: date-time
                     * @description As if it were this RFC 3339 time; absent: now.
                     */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description The decision, with every rule. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        effect: "allow" | "deny";
                        /** @description The rule that decided, or that came nearest. */
                        rule?: string;
                        /** @description Stable reason of a denial. */
                        code?: string;
                        /** @description What is missing for a rule that would allow it. */
                        unmet?: string[];
                        policySha256: string;
                        trace: {
                            rule: string;
                            /** @enum {string} */
                            effect: "allow" | "deny";
                            /** @description The first condition that did not hold; absent when the rule matches. */
                            failed?: {
                                condition: string;
                                expected?: string;
                                got?: string;
                            };
                        }[];
                        at: string;
                        alias?: string;
                        /** @description Callers of the policy that it was judged for. */
                        callers: string[];
                        /**
                         * @description It would raise an alarm.
                         * @constant
                         */
                        breakGlass?: true;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    whoCan: {
        parameters: {
            query: {
                /** @description What would be done. */
                action: "read" | "pause" | "start";
                /** @description An alias of the policy, or servicePrincipalId/jobId. */
                job: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those who can, and on what terms. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        policySha256: string;
                        callers: {
                            caller: string;
                            /** @enum {string} */
                            kind: "application" | "user" | "directoryRole" | "role";
                            /** @description Any of them is enough. */
                            grants: {
                                rule: string;
                                /** @description What the justification must have. */
                                needs: string[];
                                /** @description When it applies; empty: at any time. */
                                when: string[];
                                /** @constant */
                                startQuarantined?: true;
                                /** @constant */
                                breakGlass?: true;
                                /** @description How often. */
                                limit?: string;
                            }[];
                            /** @description When it is denied all the same. */
                            except: {
                                rule: string;
                                /** @description What the justification must have. */
                                needs: string[];
                                /** @description When it applies; empty: at any time. */
                                when: string[];
                                /** @constant */
                                startQuarantined?: true;
                                /** @constant */
                                breakGlass?: true;
                                /** @description How often. */
                                limit?: string;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    diffPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/yaml": string;
            };
        };
        responses: {
            /** @description What would change. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description SHA-256 of the policy in force. */
                        before: string;
                        after: string;
                        changes: {
                            /** @enum {string} */
                            kind: "allowed" | "denied" | "changed";
                            /** @enum {string} */
                            action: "read" | "pause" | "start";
                            callers: string[];
                            jobs: string[];
                            before: {
                                grants: {
                                    rule: string;
                                    /** @description What the justification must have. */
                                    needs: string[];
                                    /** @description When it applies; empty: at any time. */
                                    when: string[];
                                    /** @constant */
                                    startQuarantined?: true;
                                    /** @constant */
                                    breakGlass?: true;
                                    /** @description How often. */
                                    limit?: string;
                                }[];
                                denials: {
                                    rule: string;
                                    /** @description What the justification must have. */
                                    needs: string[];
                                    /** @description When it applies; empty: at any time. */
                                    when: string[];
                                    /** @constant */
                                    startQuarantined?: true;
                                    /** @constant */
                                    breakGlass?: true;
                                    /** @description How often. */
                                    limit?: string;
                                }[];
                            };
                            after: {
                                grants: {
                                    rule: string;
                                    /** @description What the justification must have. */
                                    needs: string[];
                                    /** @description When it applies; empty: at any time. */
                                    when: string[];
                                    /** @constant */
                                    startQuarantined?: true;
                                    /** @constant */
                                    breakGlass?: true;
                                    /** @description How often. */
                                    limit?: string;
                                }[];
                                denials: {
                                    rule: string;
                                    /** @description What the justification must have. */
                                    needs: string[];
                                    /** @description When it applies; empty: at any time. */
                                    when: string[];
                                    /** @constant */
                                    startQuarantined?: true;
                                    /** @constant */
                                    breakGlass?: true;
                                    /** @description How often. */
                                    limit?: string;
                                }[];
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    listAuditOperations: {
        parameters: {
            query?: {
                /** @description The query as one text, such as `action:pause outcome:unknown created:2026-01-01..*`. */
                q?: string;
                /** @description The value of the term actor. */
                actor?: string;
                /** @description The value of the term application. */
                application?: string;
                /** @description The value of the term action. */
                action?: string;
                /** @description The value of the term type. */
                type?: string;
                /** @description The value of the term principal. */
                principal?: string;
                /** @description The value of the term job. */
                job?: string;
                /** @description The value of the term decision. */
                decision?: string;
                /** @description The value of the term outcome. */
                outcome?: string;
                /** @description The value of the term rule. */
                rule?: string;
                /** @description The value of the term ticket. */
                ticket?: string;
                /** @description The value of the term request. */
                request?: string;
                /** @description The value of the term client-request. */
                "client-request"?: string;
                /** @description The value of the term created. */
                created?: string;
                /** @description The value of the term index. */
                index?: string;
                /** @description Why the log is read; also as header Interlock-Purpose. Recorded. */
                purpose?: string;
                /** @description Which come first. */
                order?: "oldest" | "newest";
                /** @description How many at most. */
                limit?: number;
                /** @description Where to go on: from the Link header of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operations. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    /** @description RFC 8288 links: first, and next unless this is the last page. Each page looks through a bounded part of the log, so that a page before the last may hold fewer items than the limit, or none: go on until there is no next link. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: int64
                         * @description Entries in the log when it was asked.
                         */
                        size: number;
                        items: {
                            /** @description The denial or intent that began it. */
                            eventId: string;
                            /** Format: int64 */
                            index: number;
                            /**
                             * @description All events of the request folded into one.
                             * @enum {string}
                             */
                            state: "denied" | "open" | "succeeded" | "failed" | "unknown" | "reconciled:applied" | "reconciled:not_applied" | "reconciled:inconclusive";
                            time: string;
                            type: string;
                            /** @description Pseudonym of the caller. */
                            actor?: string;
                            application?: string;
                            action?: string;
                            servicePrincipalId?: string;
                            jobId?: string;
                            decision?: string;
                            rule?: string;
                            ticket?: string;
                            requestId?: string;
                            clientRequestId?: string;
                            /** @description Events that name it as their parent. */
                            following: {
                                /** Format: int64 */
                                index: number;
                                eventId: string;
                                type: string;
                                time: string;
                                outcome?: string;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    readAuditOperation: {
        parameters: {
            query?: {
                /** @description Why the log is read; also as header Interlock-Purpose. Recorded. */
                purpose?: string;
            };
            header?: never;
            path: {
                /** @description The event that began it. */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The denial or intent that began it. */
                        eventId: string;
                        /** Format: int64 */
                        index: number;
                        /**
                         * @description All events of the request folded into one.
                         * @enum {string}
                         */
                        state: "denied" | "open" | "succeeded" | "failed" | "unknown" | "reconciled:applied" | "reconciled:not_applied" | "reconciled:inconclusive";
                        time: string;
                        type: string;
                        /** @description Pseudonym of the caller. */
                        actor?: string;
                        application?: string;
                        action?: string;
                        servicePrincipalId?: string;
                        jobId?: string;
                        decision?: string;
                        rule?: string;
                        ticket?: string;
                        requestId?: string;
                        clientRequestId?: string;
                        /** @description Events that name it as their parent. */
                        following: {
                            /** Format: int64 */
                            index: number;
                            eventId: string;
                            type: string;
                            time: string;
                            outcome?: string;
                        }[];
                        events: {
                            /**
                             * Format: int64
                             * @description Position in the log, which the inclusion proof proves.
                             */
                            index: number;
                            eventId: string;
                            /** @description The event, parsed for reading. */
                            event: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: base64
                             * @description The exact bytes that are hashed into the log.
                             */
                            leaf: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description The query as one text, such as `action:pause outcome:unknown created:2026-01-01..*`. */
                q?: string;
                /** @description The value of the term actor. */
                actor?: string;
                /** @description The value of the term application. */
                application?: string;
                /** @description The value of the term action. */
                action?: string;
                /** @description The value of the term type. */
                type?: string;
                /** @description The value of the term principal. */
                principal?: string;
                /** @description The value of the term job. */
                job?: string;
                /** @description The value of the term decision. */
                decision?: string;
                /** @description The value of the term outcome. */
                outcome?: string;
                /** @description The value of the term rule. */
                rule?: string;
                /** @description The value of the term ticket. */
                ticket?: string;
                /** @description The value of the term request. */
                request?: string;
                /** @description The value of the term client-request. */
                "client-request"?: string;
                /** @description The value of the term created. */
                created?: string;
                /** @description The value of the term index. */
                index?: string;
                /** @description Why the log is read; also as header Interlock-Purpose. Recorded. */
                purpose?: string;
                /** @description Which come first. */
                order?: "oldest" | "newest";
                /** @description How many at most. */
                limit?: number;
                /** @description Where to go on: from the Link header of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries, with the exact bytes that are hashed. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    /** @description RFC 8288 links: first, and next unless this is the last page. Each page looks through a bounded part of the log, so that a page before the last may hold fewer items than the limit, or none: go on until there is no next link. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: int64
                         * @description Entries in the log when it was asked.
                         */
                        size: number;
                        items: {
                            /**
                             * Format: int64
                             * @description Position in the log, which the inclusion proof proves.
                             */
                            index: number;
                            eventId: string;
                            /** @description The event, parsed for reading. */
                            event: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: base64
                             * @description The exact bytes that are hashed into the log.
                             */
                            leaf: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    readAuditEvent: {
        parameters: {
            query?: {
                /** @description Why the log is read; also as header Interlock-Purpose. Recorded. */
                purpose?: string;
            };
            header?: never;
            path: {
                /** @description Index of the entry. */
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: int64
                         * @description Position in the log, which the inclusion proof proves.
                         */
                        index: number;
                        eventId: string;
                        /** @description The event, parsed for reading. */
                        event: {
                            [key: string]: unknown;
                        };
                        /**
                         * Format: base64
                         * @description The exact bytes that are hashed into the log.
                         */
                        leaf: string;
                        /** @description The personal fields that the event commits to by digest. */
                        personal: {
                            /** @description Names of the personal fields that are kept, sealed, beside the entry. */
                            kept: string[];
                            /**
                             * Format: int64
                             * @description How many were erased; their digests stay in the event.
                             */
                            erased: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            410: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    proveAuditEvent: {
        parameters: {
            query?: {
                /** @description Size of the tree to prove it for; default the last checkpoint. */
                size?: number;
            };
            header?: never;
            path: {
                /** @description Index of the entry. */
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof file. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    proveAuditConsistency: {
        parameters: {
            query: {
                /** @description The older size. */
                from: number;
                /** @description The newer size; default the last checkpoint. */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                /** @description The query as one text, such as `action:pause outcome:unknown created:2026-01-01..*`. */
                q?: string;
                /** @description The value of the term actor. */
                actor?: string;
                /** @description The value of the term application. */
                application?: string;
                /** @description The value of the term action. */
                action?: string;
                /** @description The value of the term type. */
                type?: string;
                /** @description The value of the term principal. */
                principal?: string;
                /** @description The value of the term job. */
                job?: string;
                /** @description The value of the term decision. */
                decision?: string;
                /** @description The value of the term outcome. */
                outcome?: string;
                /** @description The value of the term rule. */
                rule?: string;
                /** @description The value of the term ticket. */
                ticket?: string;
                /** @description The value of the term request. */
                request?: string;
                /** @description The value of the term client-request. */
                "client-request"?: string;
                /** @description The value of the term created. */
                created?: string;
                /** @description The value of the term index. */
                index?: string;
                /** @description Why the log is read; also as header Interlock-Purpose. Recorded. */
                purpose?: string;
                /** @description ndjson can be verified; csv is for spreadsheets. */
                format?: "ndjson" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries in the order of the log, then the signed count. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    makeEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The query as one text; empty for the whole log.
                     * @default
                     */
                    query?: string;
                    /** @description Why the evidence is needed; also as header Interlock-Purpose. Recorded. */
                    purpose?: string;
                    /**
                     * @description Personal fields to show in clear; takes the right Audit.Disclose too.
                     * @default []
                     */
                    disclose?: ("actor.oid" | "actor.upn" | "actor.name" | "net.ip" | "net.forwarded" | "net.ua" | "reason" | "purpose" | "note" | "approver")[];
                };
            };
        };
        responses: {
            /** @description The bundle. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    listOpenUnknowns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is open now. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Oldest first. */
                        items: {
                            /**
                             * Format: int64
                             * @description Position of the intent in the log.
                             */
                            index: number;
                            /** @description Id of the intent. */
                            eventId: string;
                            /** @enum {string} */
                            operation: "list" | "read" | "pause" | "start";
                            /**
                             * @description `unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.
                             * @enum {string}
                             */
                            state: "unknown" | "orphan";
                            /** @description When the request was received. */
                            since: string;
                            /** Format: int64 */
                            ageSeconds: number;
                            servicePrincipalId?: string;
                            jobId?: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    readLogStanding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the log stands now. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Name of the log. */
                        origin: string;
                        /** @description The key that signs it. Compare it with a copy from another source. */
                        vkey: string;
                        /**
                         * Format: int64
                         * @description Number of entries.
                         */
                        size: number;
                        checkpoint: {
                            /** @description When the last entry under it happened. */
                            time: string;
                            /** @description The signed note. */
                            note: string;
                        };
                        protection: {
                            /** @enum {string} */
                            kind: "tamper-detecting" | "tamper-evident";
                            /**
                             * Format: int64
                             * @description Up to how many entries it is tamper-evident.
                             */
                            size?: number;
                            /** @description The same in words. */
                            text: string;
                        };
                        anchors: {
                            name: string;
                            /** @enum {string} */
                            kind: "directory" | "https" | "witness";
                            /**
                             * @description `waiting`: it was not asked yet. `failing`: the last attempt failed.
                             * @enum {string}
                             */
                            state: "anchored" | "failing" | "waiting";
                            /**
                             * Format: int64
                             * @description Of the largest checkpoint that it took; 0 when it took none.
                             */
                            size: number;
                            /**
                             * Format: int64
                             * @description Entries that it has not seen yet.
                             */
                            behind: number;
                            /** @description When it took that checkpoint. */
                            time?: string;
                            /** @description Stable code of why the last attempt failed. */
                            failure?: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    markReviewed: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: int64
                     * @description Index of the entry that was looked at.
                     */
                    index: number;
                    /** @description What was found. Personal: the log has its digest, and its value is sealed beside it. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description It is on record. */
            201: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The event that records the review. */
                        eventId: string;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            410: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    checkpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checkpoint, a signed note. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            503: components["responses"]["GraphError"];
        };
    };
    witnessedCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checkpoint, a signed note. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            404: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    trustFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys, oldest first. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        vkey: string;
                        /** Format: int64 */
                        fromSize: number;
                        /**
                         * Format: int64
                         * @description Absent for the key in use.
                         */
                        toSize?: number;
                    }[];
                };
            };
        };
    };
    vkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The vkey. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    hashTile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Level, 0 to 63. */
                level: number;
                /** @description Number in groups of three digits, all but the last behind an x, such as x001/234; `.p/<W>` for a partial tile. */
                tile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hashes. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            404: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    entryBundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number in groups of three digits, all but the last behind an x, such as x001/234; `.p/<W>` for a partial tile. */
                tile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["GraphError"];
            403: components["responses"]["GraphError"];
            404: components["responses"]["GraphError"];
            410: components["responses"]["GraphError"];
            503: components["responses"]["GraphError"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status?: "live";
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It would. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ready" | "not_ready";
                        checks?: {
                            service: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            store: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            log: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            policy: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            credential: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            ownership: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                        };
                    };
                };
            };
            /** @description It would not; each check says why. */
            503: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ready" | "not_ready";
                        checks?: {
                            service: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            store: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            log: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            policy: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            credential: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                            ownership: {
                                /** @enum {unknown} */
                                status: "ok" | "warning" | "failed";
                                detail?: string;
                            };
                        };
                    };
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    protectedResourceMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where to get a token and which scopes exist. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    securityContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contact, expiry and canonical address. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["GraphError"];
            404: components["responses"]["GraphError"];
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1. With it, `Origin` or `Sec-Fetch-Site` must say that the console itself asks. */
                "Interlock-Console": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name?: string;
                        username?: string;
                        /** @description What the person may ask for at all; see /api/me for what the policy says. */
                        rights: ("Jobs.Read" | "Jobs.Pause" | "Jobs.Start" | "Holds.Override" | "Jobs.Approve" | "Audit.Read" | "Audit.Disclose" | "Policy.Read")[];
                        /** @description When the session ends unless it is used, in UTC. */
                        idleAt: string;
                        /** @description When it ends whatever happens, in UTC. */
                        endsAt: string;
                        /** @description What every request with the session must bring: a header, and the origin that it must come from. */
                        requires: {
                            header: string;
                            value: string;
                            origin: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: {
                /** @description Path of this site to go on to; default /. Addresses of other sites are refused. */
                returnTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the identity provider. */
            303: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    location?: string;
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    completeSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On, with a session. */
            303: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    location?: string;
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header: {
                /** @description Always 1. With it, `Origin` or `Sec-Fetch-Site` must say that the console itself asks. */
                "Interlock-Console": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the browser signs out at the identity provider too. */
                        signOutAddress?: string;
                    };
                };
            };
            403: components["responses"]["Problem"];
        };
    };
    signOutByIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @default  */
                    logout_token?: string;
                };
            };
        };
        responses: {
            /** @description They have ended. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            503: components["responses"]["Problem"];
        };
    };
    openConsole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HTML. */
            200: {
                headers: {
                    /** @description The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
}
