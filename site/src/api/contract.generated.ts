// Written by `npm run contract` from infra/openapi.yaml: change that file, not this one.

export interface paths {
    "/api/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List requests for access
         * @description Without `account`, the caller's own requests: what has come of each, never who decides; whoever is signed in may. With `account`, those to
         *     decide on in that account; whoever may invite there may, and for the vendor's account, where requests lie of which nobody knows whose
         *     they are, all of its staff. The open ones come first, and of each sort the newest; a page has 50 items at most. A request that has ended
         *     is kept for 90 days.
         */
        get: operations["list-access-requests"];
        put?: never;
        /**
         * Ask for access
         * @description Whoever is signed in may. The request goes to the administrators of the account that is meant, after some working days to its partner of
         *     record, then to the vendor's staff; at once where nobody can decide. The answer and its timing are the same whether or not there is such
         *     an organisation. The identity that asks is shown to those who decide and not linked: access is by the invitation that is mailed to `email`.
         *
         *     A second try for an organisation with an open request changes nothing. An identity may have five open requests. How often one may ask
         *     within an hour is limited by the address that is given, known or not, by identity and by network address; each says so.
         */
        post: operations["ask-for-access"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-requests/{request}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request for access. */
                request: components["parameters"]["AccessRequest"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a request for access back
         * @description Whoever has asked may, while nobody has decided. A second try is told the same.
         */
        delete: operations["withdraw-access-request"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts
         * @description Without `managed_by` and `external_id`: every account that the identity is linked with, by name, all at once; anyone signed in may.
         *     With `managed_by`: the accounts that account looks after as partner or vendor, by name, in pages; its people, staff and operators
         *     may. With `external_id`: the account that the vendor knows by that number, or none; staff and operators may.
         */
        get: operations["list-accounts"];
        put?: never;
        /**
         * Create an account
         * @description Staff and operators may create customers and partners; a partner's people may create customers with their own account as `partner`.
         *     The vendor's own account exists once; an operator creates it. The first professional, if given, takes every role and, unless told
         *     not to, is mailed an invitation.
         *
         *     Give an `external_id` to make a second try safe: it answers `account-exists` with the account that the first one made. Without one a
         *     second try makes a second account.
         */
        post: operations["create-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        /**
         * Show an account
         * @description Its people, its partner of record, staff and operators may. After the plan has lapsed its administrators still may.
         */
        get: operations["show-account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an account
         * @description Staff and operators may. A plan of other days is a renewal: everybody has access again with their next request, and nobody is invited
         *     anew. A new partner of record begins with the whole `grant`, and the account's administrators are told by mail. What customers see of
         *     a partner follows within a minute after the partner was changed.
         *
         *     Send the `version` you have read, and a change by somebody else meanwhile is not overwritten but answers `changed`. A second try of
         *     a change that was made changes nothing and answers the account.
         */
        patch: operations["update-account"];
        trace?: never;
    };
    "/api/accounts/{account}/access-requests/{request}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description The request for access. */
                request: components["parameters"]["AccessRequest"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on a request for access
         * @description Whoever may invite in the account may, and its staff for requests that lie with the vendor. `approve` adds the person to the list and has
         *     an invitation mailed to the address in the request; whoever has that address there already is invited anew, and nobody is if the identity
         *     that asks is linked with that profile. `decline` takes a `reason`, which the asker reads. `pass_on` lays the request into another `account`, whose
         *     administrators are asked then; only staff and operators may, and a request that lies with the vendor is only passed on or declined.
         *     The same decision again is told the same.
         */
        post: operations["decide-access-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        /**
         * List what happened
         * @description Newest first. Administrators of the account, its partner of record, staff and operators may. After the plan has lapsed administrators still may.
         */
        get: operations["list-activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Appoint an administrator
         * @description For when the account's own administrators have left: makes a professional administrator, on request in the place of others, who then
         *     keep no role; being billing or shipping contact passes to the one appointed. The partner of record, if the customer lets it, staff
         *     and operators may. Every linked professional of the account is told by mail.
         *
         *     Where the vendor asks for a second person's approval, the appointment waits as `appointment` of the account until somebody else of
         *     the staff approves it, and takes the place of one that waits. A second try changes nothing.
         */
        post: operations["appoint-administrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/appointments/{appointment}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description The account's newest appointment. */
                appointment: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or decline an appointment
         * @description Staff and operators may; whoever has asked for the appointment may only take it back. The same decision twice is made once. The activity list keeps the reason of a refusal.
         */
        post: operations["decide-appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/grant": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Say what the partner may do
         * @description Narrows, ends or widens what the partner of record may do on a customer's account. Administrators of the account, staff and operators
         *     may; the partner itself may not. The partner's next request obeys, and its administrators are told by mail.
         *
         *     Send the `version` you have read, and a change by somebody else meanwhile is not overwritten but answers `changed`. A second try of
         *     a change that was made changes nothing and answers the account.
         */
        put: operations["change-grant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail new invitations to everyone who has not accepted theirs
         * @description Looks at some of the account's people and mails a new link to each whose state is `sent`, `delivered`, `delayed`, `expired` or
         *     `failed` and whose newest invitation is older than `before`; the older link is void. Go on with what is answered as `next` until
         *     that is `null`. Administrators of the account, its partner of record, staff and operators may.
         *
         *     Send the same `before` all the way, the time of the first request. Then a second try is safe: whoever was sent a new invitation
         *     since is left alone. The header `Date` of any answer says what time it is for the portal.
         */
        post: operations["resend-invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/professionals": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        /**
         * List the professionals
         * @description By name. The account's people, its partner of record, staff and operators may. After the plan has lapsed administrators still may.
         *     The list can lag a moment behind a change; the answer to the change does not. Keep `order` and `search` from page to page.
         *     With `report` a page holds those of it whom the report names, which may be nobody: go on until `next` is null.
         */
        get: operations["list-professionals"];
        put?: never;
        /**
         * Add a professional and mail the invitation
         * @description Administrators of the account, its partner of record, staff and operators may. The first professional of an account takes every
         *     role. The mail leaves within seconds, after the answer.
         *
         *     A second try is safe: it answers `duplicate-email` with the professional that the first one made.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/professionals/{professional}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        /**
         * Show a professional
         * @description Administrators of the account, its partner of record, staff, operators and the person may. After the plan has lapsed administrators still may.
         */
        get: operations["show-professional"];
        put?: never;
        post?: never;
        /**
         * Take a professional off the list
         * @description The person's access ends with the next request. Administrators of the account, its partner of record, staff and operators may. Who
         *     is the last administrator, billing or shipping contact can go only with `hand_over_to`, which gives those roles to somebody else in
         *     the same step; without it the answer is `role-required` and lists who is eligible. For ten minutes `restore-professional` undoes it.
         *
         *     A second try answers `not-found`.
         */
        delete: operations["delete-professional"];
        options?: never;
        head?: never;
        /**
         * Change what is on record
         * @description Changes what is in the body and leaves the rest. Administrators of the account, its partner of record, staff and operators may; the
         *     person may too, but for the end date. A new address voids an invitation that went to the old one. A last day cannot be set for an
         *     administrator or contact: give the role to somebody else first.
         *
         *     A second try changes nothing more, but for `send_invitation`, which mails another link and voids the one before.
         */
        patch: operations["update-professional"];
        trace?: never;
    };
    "/api/accounts/{account}/professionals/{professional}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail an invitation
         * @description Mails a new link to the address on record and voids the older one; it also lifts a hold. Administrators of the account, its partner
         *     of record, staff and operators may; the person may too, to switch to another identity.
         *
         *     There is no body. Every try mails another link.
         */
        post: operations["send-invitation"];
        /**
         * Take the invitation back
         * @description Its link is refused from then on, and the person cannot ask for another by themselves. Administrators of the account, its partner of
         *     record, staff and operators may. An identity that is linked stays so.
         *
         *     Where no invitation is open nothing changes, so a second try is safe.
         */
        delete: operations["revoke-invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/professionals/{professional}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a deleted professional back on the list
         * @description Undoes a deletion within ten minutes. Administrators of the account, its partner of record, staff and operators may. The profile is
         *     as it was: an identity that was linked opens the portal again, unless it has another profile in the account meanwhile, and an
         *     administrator is one again. Roles that were handed over stay where they are. An invitation that was open stays void.
         *
         *     There is no body. A second try answers `not-found`.
         */
        post: operations["restore-professional"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/professionals/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        /**
         * Export the professionals as CSV
         * @description Everybody by name, 500 in a part (RFC 4180, UTF-8). Administrators of the account, its partner of record, staff and operators may.
         *     After the plan has lapsed administrators still may.
         *
         *     The first part has a header and begins with a byte order mark. The header `Link` names the next part, until there is none; put
         *     together they are one file. The columns are `name`, `email`, `title`, `phone`, `language`, `ends_on`, `administrator`, which
         *     `import-professionals` takes, then `billing_contact`, `shipping_contact`, `state`, `invited_at`, `linked_at`, `last_sign_in`. What a
         *     person holds is `yes` or `no`. A value that begins with one of `= + - @`, which a spreadsheet would carry out, has an apostrophe
         *     before it.
         */
        get: operations["export-professionals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/professionals/import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add many professionals and mail the invitations
         * @description Adds up to 16 people at once; send a longer list in parts. Administrators of the account, its partner of record, staff and operators
         *     may. Importing only adds: a row whose address somebody in the account has changes nothing. A row that is faulty does not keep the
         *     others out; all that are added are added together. In an account that has nobody yet the first row without an end date takes every
         *     role.
         *
         *     With `dry_run` nothing is written, and the answer says what would become of each row. A second try is safe: it adds nobody twice
         *     and mails nobody twice.
         */
        post: operations["import-professionals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Assign the roles
         * @description Replaces who holds which role. Administrators of the account, its partner of record, staff and operators may. Whoever is given a
         *     role must be on the account's list and have no end date. There is always an administrator, exactly one billing contact and exactly
         *     one shipping contact.
         *
         *     Send the `version` you have read, and a change by somebody else meanwhile is not overwritten but answers `changed`. Without it a
         *     second try is safe; with it, a second try of a change that was made answers `changed` too.
         */
        put: operations["assign-roles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create and change many accounts
         * @description Brings up to 100 accounts to what the vendor's own books say; send a longer list in parts. Staff and operators may. A row is known by
         *     the vendor's number: a new number makes an account, a known one changes the account in what the row says otherwise. What a row leaves
         *     out stays as it is. A row that is faulty does not keep the others out, and each row is done by itself: whatever stops a request, the
         *     same request again finds what was done unchanged. A partner may stand in the same request as its customers.
         *
         *     With `dry_run` nothing is written, and the answer says what would become of each row.
         */
        post: operations["import-accounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what a link is for
         * @description Whoever holds the link may, signed in or not. It changes nothing, so any number of tries is safe.
         */
        post: operations["show-invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link the identity that is signed in
         * @description Whoever holds the link and is signed in may. The mailbox proves the person, so the identity's own e-mail may differ from the one on
         *     record. The mailbox and the administrators are told; an identity that is replaced is told too.
         *
         *     A second try by the same identity answers `already_linked: true`.
         */
        post: operations["link-identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say "this was not me"
         * @description Ends a link that somebody else made, takes back an open invitation and holds the profile until an administrator sends a new one.
         *     Whoever holds the link of the notice may, signed in or not, for 30 days. Roles stay with the profile. A second try is told the same.
         */
        post: operations["dispute-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for fresh links by mail
         * @description With `email`: one mail for each profile with that address; whoever is signed in may. With `token`, that of a link that failed: one
         *     mail to that profile's address on record; whoever holds the link may, signed in or not. The answer and its timing are the same
         *     whether or not the address is known.
         *
         *     A second try asks once more. Within an hour, unless the vendor sets other figures, one address is mailed for three requests at most,
         *     further ones are answered alike; one identity may ask 10 times, one network address 60 times.
         */
        post: operations["request-links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who is signed in
         * @description Anyone may ask. Answers `null` when nobody is signed in.
         */
        get: operations["show-session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start a sign-in, or list the providers
         * @description Anyone may. Open it as a page with `provider` to be sent to that provider; without, it lists the providers there are. A person sees
         *     what comes of it, so a failure leads to a page too: `/sign-in/?problem=sign-in-failed&return=PATH`, in the language of `return`
         *     (`/de/…`). A sign-in that is begun must be finished within ten minutes, in the same browser.
         */
        get: operations["start-sign-in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finish a sign-in
         * @description Where the provider sends the browser back to (OpenID Connect, authorization code with PKCE and nonce). Anyone may. A person sees
         *     what comes of it, so a failure leads to a page too: `/sign-in/?problem=KIND&return=PATH`, in the language of the page that
         *     was to be returned to (`/de/…`). Each callback can be used once.
         */
        get: operations["finish-sign-in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session
         * @description Anyone may. Ends the session on the server and removes the cookie; succeeds also when there is none, so a second try is safe.
         */
        post: operations["sign-out"];
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
        AccessChecks: {
            /** @description The domain of the address. */
            domain: string;
            /** @description Whether somebody who holds a role in the account has an address there. */
            domain_known: boolean;
            /** @description Who has the address in the account. */
            professional: components["schemas"]["AddressHolder"] | null;
            /** @description A domain of theirs that it could be taken for. */
            resembles: string | null;
            /** @description The roles that approving gives. */
            roles: components["schemas"]["Role"][];
        };
        AccessDecision: {
            /** @description Where a request is passed on to; only with `pass_on`. */
            account?: components["schemas"]["Id"] | null;
            /** @enum {unknown} */
            decision: "approve" | "decline" | "pass_on";
            /** @description Why a request is declined, for its asker; only with `decline`. */
            reason?: string | null;
        };
        /** @description The person's last day has passed. */
        AccessEnded: {
            detail: components["schemas"]["ProblemDetail"];
            /**
             * Format: date
             * @description The last day of access.
             */
            since: string;
            /** @constant */
            status: 403;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/access-ended/";
        };
        /** @description A request for access as those who decide see it. */
        AccessRequest: {
            account: components["schemas"]["Id"];
            /** Format: date-time */
            asked_at: string;
            /** @description What speaks for and against an open request, in lists. */
            checks: components["schemas"]["AccessChecks"] | null;
            decided_by: string | null;
            /**
             * Format: date
             * @description The day on which the next are asked, or on which it expires with the last.
             */
            due_on: string | null;
            /** @description As typed; nobody has proved to read mail there. */
            email: string;
            /** Format: date-time */
            ended_at: string | null;
            identity: components["schemas"]["Identity"];
            language: string;
            message: string | null;
            /** @description As typed. */
            name: string;
            /** @description As typed. */
            organisation: string;
            phone: string | null;
            /** @description Why it was declined. */
            reason: string | null;
            request: components["schemas"]["Id"];
            /**
             * @description Who is asked; `null` for the moment before that is known.
             * @enum {unknown}
             */
            stage: "administrators" | "partner" | "staff" | null;
            state: components["schemas"]["AccessState"];
            title: string | null;
        };
        /** @enum {unknown} */
        AccessState: "open" | "approved" | "declined" | "withdrawn" | "expired";
        Account: {
            account: components["schemas"]["Id"];
            /** @description The appointment of an administrator that waits for a second person's approval; who sees the activity list sees it. */
            appointment: components["schemas"]["Appointment"] | null;
            contact: components["schemas"]["Contact"];
            /** @description The number by which the caller's own systems know it: the vendor's for staff and operators, for a partner's people that of the partner; `null` for anybody else, and where there is none. */
            external_id: string | null;
            /** @description What the partner may do; `null` without a partner. */
            grant: components["schemas"]["Grant"] | null;
            kind: components["schemas"]["Kind"];
            /** @description The products it may use. */
            licences: components["schemas"]["Licence"][];
            name: string;
            /** @description The partner of record. */
            partner: components["schemas"]["PartnerCard"] | null;
            plan: components["schemas"]["Plan"] | null;
            roles: components["schemas"]["Roles"];
            /** @description Whose days count for the plan and for end dates. */
            time_zone: string;
            /** @description Counts the changes. */
            version: number;
            you: components["schemas"]["AccountYou"];
        };
        /** @description What is absent stays as it is. `null` takes external id, contact and partner away, and the plan of a partner or the vendor; name, licences and time zone it leaves as they are. */
        AccountChanges: {
            /** @description How it is reached, all of it. */
            contact?: components["schemas"]["NewContact"] | null;
            /** @description The number the vendor's systems know the account by; there can be one account with it. A number that its partner gave is not the vendor's until it is given here too; the partner then no longer sees it. */
            external_id?: string | null;
            /** @description All the products it may use, in the order to show them. */
            licences?: components["schemas"]["NewLicence"][] | null;
            name?: components["schemas"]["AccountName"] | null;
            /**
             * Format: ulid
             * @description The partner of record; for a customer only.
             */
            partner?: string | null;
            plan?: components["schemas"]["NewPlan"] | null;
            /** @description Whose days count for the plan and for end dates, by its name in the IANA database. */
            time_zone?: string | null;
            /** @description The account's version that the change is based on. */
            version?: number | null;
        };
        /** @description An account with that external id, or the vendor, exists. */
        AccountExists: {
            account: components["schemas"]["Id"];
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/account-exists/";
        };
        AccountImport: {
            /**
             * @description Whether to say only what would become of the rows.
             * @default false
             */
            dry_run?: boolean;
            /** @description For a dry run in parts: the numbers of partners that earlier parts would create, so that customers here may name them. */
            partners?: string[];
            rows: components["schemas"]["AccountImportRow"][];
        };
        AccountImportResult: components["schemas"]["AccountRowCreated"] | components["schemas"]["AccountRowUpdated"] | components["schemas"]["AccountRowUnchanged"] | components["schemas"]["RowInvalid"];
        AccountImportRow: {
            /**
             * Format: email
             * @description A shared mailbox.
             */
            email?: string | null;
            /**
             * Format: date
             * @description The plan's last day, not before the first.
             */
            ends_on?: string | null;
            /** @description The vendor's own number of the account. */
            external_id: string;
            /**
             * @description What a new account is: a customer unless it says otherwise. It cannot be changed.
             * @enum {unknown}
             */
            kind?: "customer" | "partner" | null;
            /** @description The products it may use, with their quantities: `Planner:10; Ledger`. */
            licences?: string | null;
            name: components["schemas"]["AccountName"];
            /** @description The vendor's number of the customer's partner of record. */
            partner?: string | null;
            /** @description A telephone number. */
            phone?: string | null;
            /** @description The service plan's name, with both days. A new customer has to have one. */
            plan?: string | null;
            /**
             * Format: date
             * @description The plan's first day.
             */
            starts_on?: string | null;
            /** @description A name of the IANA database, such as Europe/Berlin; UTC where a new account names none. */
            time_zone?: string | null;
            /** @description A web page, `https://…`. */
            website?: string | null;
        };
        /** @description An organisation's name, with a letter or a digit in it and without a web or e-mail address. */
        AccountName: string;
        /** @description Nobody had the number. */
        AccountRowCreated: {
            /**
             * Format: ulid
             * @description The new account; `null` in a dry run.
             */
            account: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "created";
        };
        /** @description The account is as the row says. */
        AccountRowUnchanged: {
            account: components["schemas"]["Id"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "unchanged";
        };
        /** @description The account said otherwise. */
        AccountRowUpdated: {
            account: components["schemas"]["Id"];
            changed: ("name" | "contact" | "time_zone" | "plan" | "partner" | "licences")[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "updated";
        };
        AccountSummary: {
            account: components["schemas"]["Id"];
            /** @description What the partner may do; `null` without a partner. */
            grant: components["schemas"]["Grant"] | null;
            kind: components["schemas"]["Kind"];
            name: string;
            /** @description The partner of record. */
            partner: components["schemas"]["PartnerName"] | null;
            plan: components["schemas"]["Plan"] | null;
            /**
             * Format: ulid
             * @description The person's own professional there; `null` where an account looked after is listed or created.
             */
            professional: string | null;
            /** @description The roles of the person's own professional there. */
            roles: components["schemas"]["Role"][];
        };
        /** @description How the caller stands to the account. */
        AccountYou: {
            /** @enum {unknown} */
            as: "professional" | "administrator" | "partner" | "staff" | "operator";
            may: ("view-account" | "list-professionals" | "export-professionals" | "invite" | "assign-roles" | "list-activity" | "list-managed" | "create-account" | "import-accounts" | "update-account" | "change-grant" | "appoint-administrator" | "decide-appointment" | "decide-access-request")[];
            /**
             * Format: ulid
             * @description The caller's own professional in this account.
             */
            professional: string | null;
        };
        Activity: {
            /** @enum {unknown} */
            act: "account-created" | "account-updated" | "grant-changed" | "professional-added" | "professional-updated" | "professional-deleted" | "professional-restored" | "roles-assigned" | "administrator-appointed" | "appointment-requested" | "appointment-declined" | "invitation-requested" | "invitation-revoked" | "identity-linked" | "identity-switched" | "link-disputed" | "plan-ending" | "plan-lapsed" | "access-requested" | "access-request-escalated" | "access-request-passed-on" | "access-request-approved" | "access-request-declined" | "access-request-withdrawn" | "access-request-expired" | "mail-sent" | "mail-failed" | "mail-bounced" | "mail-complained";
            actor: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
            /** @description What else is worth knowing, for people to read. */
            facts: {
                [key: string]: string;
            };
            id: components["schemas"]["Id"];
            /** @description The network address it came from. */
            source: string | null;
            /** @description Whom it was done to, with the name at the time. */
            target: components["schemas"]["Candidate"] | null;
        };
        Actor: {
            /** @enum {unknown} */
            as: "self" | "administrator" | "partner" | "staff" | "operator" | "schedule" | "mailbox";
            /** @description The name of the partner or the vendor, whose professional acted. */
            home: string | null;
            name: string;
        };
        AddressHolder: {
            name: string;
            professional: components["schemas"]["Id"];
            /** @description Whether the identity that asks is the one linked. */
            same_identity: boolean;
            state: components["schemas"]["ProfessionalState"];
        };
        Appointment: {
            appointment: components["schemas"]["Id"];
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Actor"];
            /** @description The names of those who make room. */
            in_place_of: string[];
            name: string;
            professional: components["schemas"]["Id"];
            reason: string | null;
            /** @description Whether the caller asked for it. They may take it back; somebody else has to approve it. */
            yours: boolean;
        };
        Candidate: {
            name: string;
            professional: components["schemas"]["Id"];
        };
        /** @description What the caller had read has been changed by somebody else. */
        Changed: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/changed/";
        };
        /** @description How an organisation is reached; what is not known is absent. */
        Contact: {
            email?: string;
            phone?: string;
            /** Format: uri */
            website?: string;
        };
        /** @description The request lacks the header that the portal's own pages send. */
        CrossSite: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 403;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/cross-site/";
        };
        Decision: {
            /** @description Whether it is to be. */
            approve: boolean;
            /** @description Why not. */
            reason?: string | null;
        };
        /** @description There is no link any more that the notice could end. */
        DisputeExpired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 410;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/dispute-expired/";
        };
        /** @description Somebody in the account has that address. */
        DuplicateEmail: {
            detail: components["schemas"]["ProblemDetail"];
            name: string;
            professional: components["schemas"]["Id"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/duplicate-email/";
        };
        /** @description An address such as name@example.org. Capitals become small letters, an international domain becomes Punycode; before the @ is ASCII only. */
        EmailAddress: string;
        FaultyField: {
            /**
             * @description What is wrong with it, for programs, and for pages in other languages. The list is closed: a new rule is a new code here.
             * @enum {string}
             */
            code: "missing" | "empty" | "too-long" | "too-many" | "invisible" | "no-letter" | "address-inside" | "link-inside" | "telephone" | "language" | "email" | "email-accent" | "repeated" | "web-page" | "external-id" | "date" | "time-zone" | "time" | "future" | "past" | "ended" | "role-held" | "order" | "kind" | "kind-fixed" | "no-such-partner" | "licences" | "repeated-product" | "repeated-id" | "partner-of-no-customer" | "not-a-partner" | "no-partner" | "unknown" | "ineligible" | "not-an-administrator" | "ineligible-successor" | "incomplete-link" | "rows" | "open-requests" | "not-asked-for" | "no-account-for-access" | "quantity";
            /** @description The member of the body, such as `email` or `plan.ends_on`, or the query parameter. */
            field: string;
            /** @description The number in the rule, if it has one: the most that may be. */
            most?: number;
            /** @description What is wrong with it and what it should be; it reads on from the field's name. */
            reason: string;
        };
        FirstProfessional: {
            email: components["schemas"]["EmailAddress"];
            language?: components["schemas"]["Language"];
            name: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneNumber"];
            /**
             * @description Whether to mail an invitation.
             * @default true
             */
            send_invitation?: boolean;
            title?: components["schemas"]["JobTitle"];
        };
        /** @description Signed in, without the right. */
        Forbidden: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 403;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/forbidden/";
        };
        /**
         * @description What a partner may do on a customer's account; each holds those before it.
         * @enum {string}
         */
        Grant: "none" | "view" | "manage_people" | "appoint_administrator";
        /**
         * Format: ulid
         * @description A ULID.
         */
        Id: string;
        /** @description An identity, for people to recognise. The e-mail is what the provider says and authorises nothing. */
        Identity: {
            email: string | null;
            name: string;
            /** @description The provider's name. */
            provider: string;
        };
        Import: {
            /**
             * @description Whether to say only what would become of the rows.
             * @default false
             */
            dry_run?: boolean;
            rows: components["schemas"]["ImportRow"][];
            /**
             * @description Whether to mail invitations to those who are added.
             * @default true
             */
            send_invitations?: boolean;
        };
        ImportResult: components["schemas"]["RowAdded"] | components["schemas"]["RowExists"] | components["schemas"]["RowInvalid"];
        ImportRow: {
            /**
             * @description Whether the person becomes an administrator; then there can be no last day.
             * @default false
             */
            administrator?: boolean;
            email: components["schemas"]["EmailAddress"];
            ends_on?: components["schemas"]["LastDay"];
            language?: components["schemas"]["Language"];
            name: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneNumber"];
            title?: components["schemas"]["JobTitle"];
        };
        /** @description A fault of the portal's. */
        Internal: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 500;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/internal/";
        };
        /** @description Values that cannot be accepted, every one of them. Nothing was changed. */
        Invalid: {
            detail: components["schemas"]["ProblemDetail"];
            errors: components["schemas"]["FaultyField"][];
            /** @constant */
            status: 422;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/invalid/";
        };
        Invitation: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @enum {unknown} */
            state: "queued" | "sent" | "delivered" | "delayed" | "bounced" | "complained" | "failed" | "expired" | "revoked" | "accepted";
        };
        InvitationPreview: {
            account: {
                account: components["schemas"]["Id"];
                name: string;
            };
            /** @description Whether the identity that is signed in is the one linked. */
            already_linked: boolean;
            /** Format: date-time */
            expires_at: string;
            /** @description Who is signed in. */
            identity: components["schemas"]["Identity"] | null;
            professional: {
                /** @description Masked, such as b***@customer.example. */
                email: string;
                name: string;
                professional: components["schemas"]["Id"];
            };
            /** @description Whether another identity is linked and would be replaced. */
            switches: boolean;
        };
        InvitationToken: {
            /** @description What stands behind the `#` of an invitation's link. */
            token: string;
        };
        /** @description A job title, with a letter or a digit in it and without anything a mail program makes a link of. */
        JobTitle: string | null;
        /**
         * @description A `customer` uses the vendor's products on a service plan, a `partner` looks after customers, the `vendor` is the operator itself.
         * @enum {unknown}
         */
        Kind: "customer" | "partner" | "vendor";
        /** @description The language of the person's mail (BCP 47): a language, and a region if it matters. English without one. */
        Language: string | null;
        /**
         * Format: date
         * @description The last day of access, today or later.
         */
        LastDay: string | null;
        Licence: {
            product: string;
            /** @description `null` where the product is not counted. */
            quantity: number | null;
        };
        /** @description The profile is gone, held or past its last day. */
        LinkDeleted: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 410;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/link-deleted/";
        };
        LinkedIdentity: {
            email: string | null;
            /** Format: date-time */
            linked_at: string;
            name: string;
            /** @description The provider's name. */
            provider: string;
        };
        /** @description The invitation is too old. */
        LinkExpired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 410;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/link-expired/";
        };
        /** @description One of the two. */
        LinkRequest: {
            email?: components["schemas"]["EmailAddress"];
            /** @description What stands behind the `#` of an invitation's link. */
            token?: string;
        };
        /** @description The invitation was taken back, or the address on record has changed. */
        LinkRevoked: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 410;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/link-revoked/";
        };
        /** @description A newer link was mailed, or this is no link of the portal. */
        LinkSuperseded: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 410;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/link-superseded/";
        };
        /** @description Another identity has used the link. */
        LinkUsed: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/link-used/";
        };
        /** @description The identity that is signed in has another profile in the account. */
        LinkWrongIdentity: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/link-wrong-identity/";
        };
        /** @description The body or the query is not of the form that is asked for: no JSON, another content type, an unknown, missing or wrongly typed member. */
        Malformed: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 400;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/malformed/";
        };
        Named: {
            name: string;
        };
        NewAccessRequest: {
            email: components["schemas"]["EmailAddress"];
            language?: components["schemas"]["Language"];
            /** @description For those who decide, in one line and without a link. */
            message?: string | null;
            name: components["schemas"]["PersonName"];
            /** @description The organisation's name, or the number under which the vendor knows it. */
            organisation: components["schemas"]["AccountName"];
            phone?: components["schemas"]["PhoneNumber"];
            title?: components["schemas"]["JobTitle"];
        };
        NewAccount: {
            /** @description How customers reach it, if it is a partner. */
            contact?: components["schemas"]["NewContact"] | null;
            /** @description The number your own systems know the account by; there can be one account with it. */
            external_id?: string | null;
            /** @description Takes every role. */
            first_professional?: components["schemas"]["FirstProfessional"] | null;
            kind: components["schemas"]["Kind"];
            /**
             * @description The products it may use, in the order to show them.
             * @default []
             */
            licences?: components["schemas"]["NewLicence"][];
            name: components["schemas"]["AccountName"];
            /**
             * Format: ulid
             * @description The partner of record; for a customer only.
             */
            partner?: string | null;
            /** @description The service plan; every customer needs one. */
            plan?: components["schemas"]["NewPlan"] | null;
            /**
             * @description Whose days count for the plan and for end dates, by its name in the IANA database.
             * @default UTC
             */
            time_zone?: string | null;
        };
        NewAppointment: {
            /**
             * @description Administrators who are not to be it any longer.
             * @default []
             */
            in_place_of?: string[];
            /**
             * Format: ulid
             * @description Who becomes administrator; on the account's list and without an end date.
             */
            professional: string;
            /** @description Why, for the account's people to read; one line without web addresses. */
            reason?: string | null;
        };
        NewContact: {
            email?: string | null;
            phone?: components["schemas"]["PhoneNumber"];
            website?: string | null;
        };
        NewGrant: {
            grant: components["schemas"]["Grant"];
            /** @description The account's version that the change is based on. */
            version?: number | null;
        };
        NewLicence: {
            /** @description The product's name. */
            product: string;
            /** @description For how many users, devices or whatever the product is counted in; `null` where it is not counted. */
            quantity?: number | null;
        };
        NewPlan: {
            /**
             * Format: date
             * @description The last day, not before the first.
             */
            ends_on: string;
            /** @description For example Enhancement or Support. */
            name: string;
            /**
             * Format: date
             * @description The first day.
             */
            starts_on: string;
        };
        NewProfessional: {
            /**
             * @description Whether the person becomes an administrator; then there can be no last day.
             * @default false
             */
            administrator?: boolean;
            email: components["schemas"]["EmailAddress"];
            ends_on?: components["schemas"]["LastDay"];
            language?: components["schemas"]["Language"];
            name: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneNumber"];
            /**
             * @description Whether to mail an invitation.
             * @default true
             */
            send_invitation?: boolean;
            title?: components["schemas"]["JobTitle"];
        };
        NewRoles: {
            /** @description At least one, or the answer is `role-required`. */
            administrators: components["schemas"]["Id"][];
            billing_contact: components["schemas"]["Id"];
            shipping_contact: components["schemas"]["Id"];
            /** @description The account's version that the change is based on. */
            version?: number | null;
        };
        /** @description What to pass as `after` for the next page; `null` on the last one. */
        Next: string | null;
        /** @description There is no such account, professional or identity provider, or the caller may not know of it. */
        NotFound: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 404;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/not-found/";
        };
        NoticeToken: {
            /** @description What stands behind the `#` of a notice's link. */
            token: string;
        };
        /** @description Nobody is signed in, or the session has ended. */
        NotSignedIn: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 401;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/not-signed-in/";
        };
        /** @description A request for access as its asker sees it. */
        OwnAccessRequest: {
            /** Format: date-time */
            asked_at: string;
            /** @description As typed. */
            email: string;
            /** Format: date-time */
            ended_at: string | null;
            /** @description As typed. */
            name: string;
            /** @description As typed. */
            organisation: string;
            /** @description Why it was declined. */
            reason: string | null;
            request: components["schemas"]["Id"];
            state: components["schemas"]["AccessState"];
        };
        /** @description What a customer sees of its partner of record. */
        PartnerCard: {
            account: components["schemas"]["Id"];
            email: string | null;
            name: string;
            phone: string | null;
            /** Format: uri */
            website: string | null;
        };
        PartnerName: {
            account: components["schemas"]["Id"];
            name: string;
        };
        /** @description A person's name, with a letter or a digit in it and without anything a mail program makes a link of. */
        PersonName: string;
        /** @description A telephone number as people write it, with three digits at least. */
        PhoneNumber: string | null;
        Plan: {
            /**
             * Format: date
             * @description The last day.
             */
            ends_on: string;
            name: string;
            /**
             * Format: date
             * @description The first day.
             */
            starts_on: string;
            /**
             * @description `ending` for the last 60 days, `grace` for the days of grace after the last one; once `lapsed`, or before the first day, there is no access.
             * @enum {unknown}
             */
            state: "current" | "ending" | "grace" | "lapsed";
        };
        /** @description The service plan that the access hangs on has lapsed or not begun. Once it is renewed, everybody has access again. */
        PlanLapsed: {
            /** @description The vendor's address for whoever is stuck. */
            access_mailbox: string | null;
            /** @description Whether the person may still read the account, as its administrators do. */
            administrator: boolean;
            /**
             * Format: date
             * @description The plan's first day, if that is still to come.
             */
            begins_on: string | null;
            detail: components["schemas"]["ProblemDetail"];
            /** @description Whom to ask. */
            partner: components["schemas"]["PartnerCard"] | null;
            /** @description The plan's name, or `none`. */
            plan: string;
            /**
             * Format: date
             * @description The first day without access.
             */
            since: string;
            /** @constant */
            status: 403;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/plan-lapsed/";
        };
        /** @description What is wrong with what, then what to do: lower case, no full stop, for people to read. */
        ProblemDetail: string;
        /** @description The kind, for people to read. */
        ProblemTitle: string;
        Professional: {
            account: components["schemas"]["Id"];
            /** @description The e-mail on record; invitations go there. */
            email: string;
            /**
             * Format: date
             * @description The last day of access.
             */
            ends_on: string | null;
            /** @description The identity that is linked. */
            identity: components["schemas"]["LinkedIdentity"] | null;
            /** @description The newest one. */
            invitation: components["schemas"]["Invitation"] | null;
            language: string;
            /** Format: date-time */
            last_sign_in: string | null;
            name: string;
            phone: string | null;
            professional: components["schemas"]["Id"];
            roles: components["schemas"]["Role"][];
            state: components["schemas"]["ProfessionalState"];
            title: string | null;
            you: components["schemas"]["ProfessionalYou"];
        };
        /** @description What is absent stays as it is. `null` clears title, telephone and last day; name, e-mail and language it leaves as they are. */
        ProfessionalChanges: {
            email?: components["schemas"]["EmailAddress"] | null;
            ends_on?: components["schemas"]["LastDay"];
            language?: components["schemas"]["Language"];
            name?: components["schemas"]["PersonName"] | null;
            phone?: components["schemas"]["PhoneNumber"];
            /**
             * @description Whether to mail an invitation, after the change and to the new address.
             * @default false
             */
            send_invitation?: boolean;
            title?: components["schemas"]["JobTitle"];
        };
        /**
         * @description `linked`: an identity opens the portal. `ended`: the last day has passed. `held`: somebody said "this was not me". Else how far the
         *     newest invitation has come, or `not_invited`.
         * @enum {unknown}
         */
        ProfessionalState: "not_invited" | "queued" | "sent" | "delivered" | "delayed" | "bounced" | "complained" | "failed" | "expired" | "revoked" | "linked" | "held" | "ended";
        ProfessionalSummary: {
            account: components["schemas"]["Id"];
            /** @description The e-mail on record; invitations go there. */
            email: string;
            /**
             * Format: date
             * @description The last day of access.
             */
            ends_on: string | null;
            /** @description The identity that is linked; `null` also for whoever may not see the professional whole. */
            identity: components["schemas"]["LinkedIdentity"] | null;
            /** @description The newest one. */
            invitation: components["schemas"]["Invitation"] | null;
            language: string;
            /** Format: date-time */
            last_sign_in: string | null;
            name: string;
            phone: string | null;
            professional: components["schemas"]["Id"];
            roles: components["schemas"]["Role"][];
            state: components["schemas"]["ProfessionalState"];
            title: string | null;
        };
        /** @description How the caller stands to the professional. */
        ProfessionalYou: {
            may: ("view-professional" | "update-professional" | "set-end-date" | "delete-professional" | "send-invitation" | "revoke-invitation")[];
            /** @description Whether it is the caller. */
            self: boolean;
        };
        Provider: {
            id: string;
            name: string;
        };
        Resending: {
            /**
             * Format: ulid
             * @description What the answer before gave as `next`.
             */
            after?: string | null;
            /**
             * Format: date-time
             * @description Invitations that were asked for from then on are left alone; not in the future.
             */
            before: string;
        };
        /** @enum {unknown} */
        Role: "administrator" | "billing_contact" | "shipping_contact";
        /** @description A role would be without a holder. */
        RoleRequired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @description Who could take them over. */
            eligible: components["schemas"]["Candidate"][];
            /** @description The roles that would be without a holder. */
            roles: components["schemas"]["Role"][];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/role-required/";
        };
        /** @description Who holds which role. Nobody does until the account has its first professional. */
        Roles: {
            administrators: components["schemas"]["Id"][];
            /** Format: ulid */
            billing_contact: string | null;
            /** Format: ulid */
            shipping_contact: string | null;
        };
        /** @description The person was not on the list. */
        RowAdded: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "added";
            /**
             * Format: ulid
             * @description Who was added; `null` in a dry run.
             */
            professional: string | null;
        };
        /** @description Somebody in the account has the address; nothing was changed. */
        RowExists: {
            /** @description The name on record, which may differ from the row's. */
            name: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "exists";
            professional: components["schemas"]["Id"];
        };
        /** @description Values of the row that cannot be accepted, every one of them. The second of two rows with one address is among these. */
        RowInvalid: {
            errors: components["schemas"]["FaultyField"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "invalid";
        };
        Session: {
            /** @description How many accounts the identity is linked with, 100 at most. */
            accounts: number;
            /** Format: date-time */
            expires_at: string;
            identity: components["schemas"]["Identity"];
            /** @description Whether the person is kept signed in. */
            kept: boolean;
        };
        /**
         * @description Why a sign-in failed, as the sign-in page is told. Each has a page at `/problems/KIND/` too.
         * @enum {unknown}
         */
        SignInFailure: "sign-in-expired" | "sign-in-cancelled" | "sign-in-failed";
        /** @description The body is larger than 64 KiB. */
        TooLarge: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 413;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/too-large/";
        };
        /** @description Asked too often. */
        TooManyRequests: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 429;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/too-many-requests/";
        };
        /** @description A service that Portico uses is throttled or down. */
        Unavailable: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 503;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/unavailable/";
        };
    };
    responses: {
        /** @description The account. */
        Account: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Account"];
            };
        };
        /** @description Another site asked. */
        CrossSite: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"];
            };
        };
        /** @description Another site asked, or the account's plan has lapsed. */
        CrossSiteOrLapsed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description A fault of the portal's. */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Internal"];
            };
        };
        /** @description Values cannot be accepted. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Invalid"];
            };
        };
        /** @description The link opens nothing any more. */
        LinkGone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["LinkExpired"] | components["schemas"]["LinkSuperseded"] | components["schemas"]["LinkRevoked"] | components["schemas"]["LinkDeleted"];
            };
        };
        /** @description The link, or the identity that is signed in, belongs to somebody else. */
        LinkTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["LinkUsed"] | components["schemas"]["LinkWrongIdentity"];
            };
        };
        /** @description The request is not of the form that is asked for. */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Malformed"];
            };
        };
        /** @description The professional. */
        NewProfessional: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Professional"];
            };
        };
        /** @description There is no such thing, or the caller may not know of it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotFound"];
            };
        };
        /** @description Nobody is signed in. */
        NotSignedIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotSignedIn"];
            };
        };
        /** @description The professional. */
        Professional: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Professional"];
            };
        };
        /** @description The right is missing, the person's access has ended, or the plan has lapsed. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Forbidden"] | components["schemas"]["AccessEnded"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description Another site asked, the right is missing, the person's access has ended, or the plan has lapsed. */
        RefusedChange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["Forbidden"] | components["schemas"]["AccessEnded"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description Another site asked, or the access of the person, who is of the vendor's staff, has ended. */
        RefusedImport: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["AccessEnded"];
            };
        };
        /** @description The person's access has ended, or the plan has lapsed. */
        Shut: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AccessEnded"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TooLarge"];
            };
        };
        /** @description Asked too often within an hour. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TooManyRequests"];
            };
        };
        /** @description Busy; nothing was changed, unless the answer of a change was lost. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Unavailable"];
            };
        };
    };
    parameters: {
        /** @description The request for access. */
        AccessRequest: components["schemas"]["Id"];
        /** @description The account. */
        Account: components["schemas"]["Id"];
        /** @description What the page before gave as `next`. */
        After: string;
        /** @description How many items at most. */
        Limit: number;
        /** @description A professional of that account. */
        Professional: components["schemas"]["Id"];
        /** @description What names must begin with; case and accents do not matter. */
        Search: string;
        /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
        SecFetchSite: "same-origin";
    };
    requestBodies: {
        Invitation: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
    };
    headers: {
        /** @description Seconds to wait before another try. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-access-requests": {
        parameters: {
            query?: {
                /** @description The account whose requests to list, in place of one's own. */
                account?: components["schemas"]["Id"];
                /** @description What the page before gave as `next`. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The one request to show; only with `account`. */
                request?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description With `account`, as those who decide see them. */
                        items: (components["schemas"]["OwnAccessRequest"] | components["schemas"]["AccessRequest"])[];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-for-access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccessRequest"];
            };
        };
        responses: {
            /** @description Asked for. Nothing more is told. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["CrossSite"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "withdraw-access-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The request for access. */
                request: components["parameters"]["AccessRequest"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAccessRequest"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["CrossSite"];
            404: components["responses"]["NotFound"];
            /** @description Somebody has decided. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-accounts": {
        parameters: {
            query?: {
                /** @description What the page before gave as `next`. */
                after?: components["parameters"]["After"];
                /** @description The vendor's own number of an account. */
                external_id?: string;
                /** @description With `managed_by`, only accounts of this kind. A page then holds fewer than `limit` accounts, or none; go on while there is a `next`. */
                kind?: components["schemas"]["Kind"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description A partner's account, or the vendor's, `00000000000000000000000000`. */
                managed_by?: components["schemas"]["Id"];
                /** @description With `managed_by`, only accounts whose plan is in this state; as with `kind`. */
                plan_state?: "current" | "ending" | "grace" | "lapsed";
                /** @description What names must begin with; case and accents do not matter. */
                search?: components["parameters"]["Search"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountSummary"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "create-account": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description The account, with its first professional and the roles that one took. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountSummary"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description An account with this external id, or the vendor, exists already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountExists"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "show-account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Account"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Shut"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "update-account": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChanges"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Another account has this external id, or somebody else changed the account since `version`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountExists"] | components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "decide-access-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description The request for access. */
                request: components["parameters"]["AccessRequest"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessDecision"];
            };
        };
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessRequest"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description It has ended otherwise. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-activity": {
        parameters: {
            query?: {
                /** @description What the page before gave as `next`. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened in the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Activity"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "appoint-administrator": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAppointment"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            /** @description The account, with the appointment that waits for a second person's approval. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "decide-appointment": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description The account's newest appointment. */
                appointment: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else has decided otherwise. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "change-grant": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else changed the account since `version`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "resend-invitations": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resending"];
            };
        };
        responses: {
            /** @description How many invitations were sent, and where to go on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What to pass as `after` for the next people; `null` when all were looked at. */
                        next: string | null;
                        sent: number;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-professionals": {
        parameters: {
            query?: {
                /** @description What the page before gave as `next`. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description How many months without signing in `inactive` means; as many as between two reviews if it is not given, else 6. */
                months?: number;
                /** @description Which way the names run. */
                order?: "ascending" | "descending";
                /**
                 * @description Only those who may no longer need access: `never_linked`, on the list for 30 days without linking an identity; `inactive`, not
                 *     signed in for so many `months`; `ending_soon`, with a last day within 30 days.
                 */
                report?: "never_linked" | "inactive" | "ending_soon";
                /** @description What names must begin with; case and accents do not matter. */
                search?: components["parameters"]["Search"];
            };
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The professionals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProfessionalSummary"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Shut"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProfessional"];
            };
        };
        responses: {
            201: components["responses"]["NewProfessional"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody in the account has this address. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DuplicateEmail"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "show-professional": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Professional"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "delete-professional": {
        parameters: {
            query?: {
                /** @description Another professional of the account without an end date, who takes over the roles that cannot be without a holder. */
                hand_over_to?: components["schemas"]["Id"];
            };
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The professional is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description A role would be without a holder. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "update-professional": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfessionalChanges"];
            };
        };
        responses: {
            200: components["responses"]["Professional"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody in the account has this address, or who gets a last day holds a role. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DuplicateEmail"] | components["schemas"]["RoleRequired"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "send-invitation": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Professional"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "revoke-invitation": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Professional"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "restore-professional": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description A professional of that account. */
                professional: components["parameters"]["Professional"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: components["responses"]["NewProfessional"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else in the account has the address meanwhile. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DuplicateEmail"];
                };
            };
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "export-professionals": {
        parameters: {
            query?: {
                /** @description What the page before gave as `next`. */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the list. */
            200: {
                headers: {
                    /** @description The name to save it under. */
                    "Content-Disposition": "attachment; filename=\"professionals.csv\"";
                    /** @description The next part (RFC 8288); absent from the last. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=absent": string;
                    "text/csv; charset=utf-8; header=present": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "import-professionals": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Import"];
            };
        };
        responses: {
            /** @description What became of each row, in the order of the rows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["ImportResult"][];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "assign-roles": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRoles"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description There would be no administrator, or somebody else changed the account since `version`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"] | components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "import-accounts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountImport"];
            };
        };
        responses: {
            /** @description What became of each row, in the order of the rows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["AccountImportResult"][];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["RefusedImport"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "show-invitation": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Invitation"];
        responses: {
            /** @description What the link is for, and who is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPreview"];
                };
            };
            400: components["responses"]["Malformed"];
            403: components["responses"]["CrossSiteOrLapsed"];
            409: components["responses"]["LinkTaken"];
            410: components["responses"]["LinkGone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "link-identity": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Invitation"];
        responses: {
            /** @description The identity is linked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: components["schemas"]["Id"];
                        /** @description Whether it was before. */
                        already_linked: boolean;
                        professional: components["schemas"]["Id"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["CrossSiteOrLapsed"];
            409: components["responses"]["LinkTaken"];
            410: components["responses"]["LinkGone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "dispute-link": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeToken"];
            };
        };
        responses: {
            /** @description The link is ended and the profile held. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: components["schemas"]["Named"];
                        professional: components["schemas"]["Named"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            403: components["responses"]["CrossSite"];
            /** @description The link is no longer there, or the notice is older than 30 days. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DisputeExpired"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "request-links": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkRequest"];
            };
        };
        responses: {
            /** @description Asked for. Nothing more is told. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["CrossSite"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "show-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, or `null`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"] | null;
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "start-sign-in": {
        parameters: {
            query?: {
                /** @description `true` has the provider ask which identity to use. */
                choose?: boolean;
                /** @description `true` keeps the person signed in for 30 days; else the session ends with the browser, or after 24 hours. */
                keep?: boolean;
                /** @description The `id` of a provider. */
                provider?: string;
                /** @description The path of this site to go to afterwards, at most 500 characters. Anything else counts as `/`, which leads to the person's accounts. */
                return?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without `provider`, the providers in the order to show them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        providers: components["schemas"]["Provider"][];
                    };
                };
            };
            /** @description With `provider`, on to it, or to the sign-in page with what went wrong. */
            303: {
                headers: {
                    /** @description The provider's page. A failure leads to `/sign-in/` of this site and names `sign-in-failed` as `problem`. */
                    Location: string;
                    /** @description `__Host-sign-in`, which ties the sign-in to this browser. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "finish-sign-in": {
        parameters: {
            query?: {
                /** @description What the provider exchanges for an ID token. */
                code?: string;
                /** @description Why the provider did not sign the person in (RFC 6749, section 4.1.2.1). */
                error?: string;
                /** @description Names the sign-in that was begun. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On to where the person wanted to go, or to the sign-in page with what went wrong. */
            303: {
                headers: {
                    /** @description A path of this site. A failure names one of the kinds of `SignInFailure` as `problem`. */
                    Location: string;
                    /** @description `__Host-session`, once signed in. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "sign-out": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is needed. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            200: {
                headers: {
                    /** @description Removes `__Host-session`. */
                    "Set-Cookie": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uri
                         * @description Where to sign out at the identity provider too, if it offers that.
                         */
                        provider_sign_out: string | null;
                    };
                };
            };
            403: components["responses"]["CrossSite"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}

/** The kinds of problems, `/problems/KIND/`. */
export const PROBLEM_KINDS = [
  'malformed',
  'too-large',
  'invalid',
  'not-signed-in',
  'cross-site',
  'forbidden',
  'access-ended',
  'plan-lapsed',
  'not-found',
  'duplicate-email',
  'account-exists',
  'role-required',
  'changed',
  'link-expired',
  'link-superseded',
  'link-revoked',
  'link-deleted',
  'link-used',
  'link-wrong-identity',
  'dispute-expired',
  'too-many-requests',
  'unavailable',
  'internal',
] as const


/** What can be wrong with a field. */
export const FIELD_ERROR_CODES = [
  'missing',
  'empty',
  'too-long',
  'too-many',
  'invisible',
  'no-letter',
  'address-inside',
  'link-inside',
  'telephone',
  'language',
  'email',
  'email-accent',
  'repeated',
  'web-page',
  'external-id',
  'date',
  'time-zone',
  'time',
  'future',
  'past',
  'ended',
  'role-held',
  'order',
  'kind',
  'kind-fixed',
  'no-such-partner',
  'licences',
  'repeated-product',
  'repeated-id',
  'partner-of-no-customer',
  'not-a-partner',
  'no-partner',
  'unknown',
  'ineligible',
  'not-an-administrator',
  'ineligible-successor',
  'incomplete-link',
  'rows',
  'open-requests',
  'not-asked-for',
  'no-account-for-access',
  'quantity',
] as const
