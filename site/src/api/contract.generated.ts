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
         * List access requests
         * @description Without `account`: the caller's own requests with their outcome, but not who decides.
         *     Allowed for anyone signed in.
         *
         *     With `account`: the requests to decide on in that account. Allowed for everyone who may
         *     invite there; on the vendor's account for staff with the permission `people`. The vendor's
         *     account lists the requests that match no known account.
         *
         *     Open requests come first, then the others, each newest first. With `account`, a page
         *     has 48 items at most.
         *     Closed requests are kept for 90 days.
         */
        get: operations["list-access-requests"];
        put?: never;
        /**
         * Ask for access
         * @description Allowed for anyone signed in. The request goes to the administrators of the account, after
         *     some working days to its partner of record, then to the vendor's staff. A step without
         *     anyone who can decide is skipped. The response and its timing are the same whether or not
         *     the organisation exists. Deciders see the requesting identity, but it is not linked: access
         *     comes from the invitation that is e-mailed to `email`.
         *
         *     A retry for an organisation with an open request changes nothing. An identity can have five
         *     open requests. Requests per hour are limited by the given address, known or not, by identity
         *     and by network address. The response says so in each case.
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
                /** @description The access request. */
                request: components["parameters"]["AccessRequest"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an access request
         * @description Allowed for the requester, while nobody has decided. A retry returns the same response.
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
         * @description - Without `managed_by` and `external_id`: the accounts that the identity is linked with, in
         *       pages, each by name. With `search`, a page can hold fewer than `limit` accounts, or none.
         *       Continue while there is a `next`. Allowed for anyone signed in.
         *     - With `managed_by`: the accounts that this partner or the vendor looks after, by name, in
         *       pages. Allowed for its people, staff and operators.
         *     - With `external_id`: the account with this vendor number, or none. Allowed for staff and
         *       operators.
         */
        get: operations["list-accounts"];
        put?: never;
        /**
         * Create an account
         * @description Allowed for staff with the permission `plans`, operators, and a partner's people for
         *     customers with their own account as `partner`. The vendor's own account exists once, and an
         *     operator creates it. The first professional, if given, gets every role and an invitation,
         *     unless `send_invitation` is `false`.
         *
         *     A partner's new customer waits for staff (`decide-account`): nobody is invited, its plan has
         *     no effect and requests for access do not reach it. At most 20 of a partner wait. Where the
         *     vendor lists plans for partners, the customer is created at once with one of them and without
         *     licences; only requests for access wait for staff.
         *
         *     Send an `external_id` to make retries safe: a retry returns `account-exists` with the
         *     existing account. Without one, a retry creates a second account.
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
         * @description Allowed for its people, its partner of record, staff and operators. After the plan has lapsed, still allowed for its administrators.
         */
        get: operations["show-account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an account
         * @description Allowed for staff with the permission `plans` and operators; the vendor's own account is for
         *     its administrators and operators to change. A change of the plan's days is a renewal:
         *     everyone has access again with their next request, and no new invitations are needed. The
         *     vendor's account never expires, so a plan for it is refused (`plan-of-vendor`). A new
         *     partner of record starts with the full `grant`, and Portico e-mails the account's
         *     administrators. Customers see changes to a partner's details within a minute.
         *
         *     A partner may correct a customer that it created until anybody of it has linked: everything
         *     but `partner` while the customer waits for confirmation; later neither `licences` nor a
         *     `plan` that staff have confirmed or do not let partners give. `external_id` is then the
         *     partner's. A new name is no longer confirmed.
         *
         *     Send the `version` you have read. If somebody else has changed the account since, the
         *     response is `changed` and nothing is overwritten. A retry of a completed change changes
         *     nothing and returns the account.
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
                /** @description The access request. */
                request: components["parameters"]["AccessRequest"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on an access request
         * @description Allowed for everyone who may invite in the account, and for staff with the permission
         *     `people` where the request is with the vendor.
         *
         *     - `approve` adds the person to the list and e-mails an invitation to the address in the
         *       request. Someone who is on the list with that address gets a new invitation. If the
         *       requesting identity is already linked with that profile, no invitation is sent.
         *     - `decline` takes a `reason`, which the requester can read.
         *     - `pass_on` moves the request to another `account`, whose administrators then decide.
         *       Allowed for staff with the permission `people` and operators only. A request that is with
         *       the vendor can only be passed on or declined.
         *
         *     A retry of the same decision returns the same response.
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
         * List the activity
         * @description Newest first. Allowed for administrators of the account, its partner of record, staff and operators. After the plan has lapsed, still allowed for administrators.
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
         * @description Allowed for the partner of record, if the customer permits it, staff with the permission
         *     `appointments` and operators. For accounts whose own administrators have left: makes a
         *     professional an administrator, with a corrected address if `email` is given. Those in
         *     `in_place_of` lose their roles. If one of them is billing or shipping contact, the new
         *     administrator takes over that role. Portico e-mails every linked professional of the
         *     account, everybody who loses the role, and the address that is replaced.
         *
         *     Without `professional`, only the role is taken away: an administrator who can sign in must
         *     remain, if there was one (`role-required`), and contacts stay contacts. With it, an
         *     appointment may leave nobody who can sign in; Portico then e-mails the partner or the
         *     vendor's administrators too.
         *
         *     If the vendor requires a second approval, the appointment waits as `appointment` of the
         *     account until another staff member approves it. It replaces an earlier one that waits. A
         *     retry changes nothing.
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
         * @description Allowed for staff with the permission `appointments` and operators. The person who requested the appointment can only take it back. A retry of the same decision changes nothing. The activity list keeps the reason of a refusal. If the person's address was changed since the request, approving it returns `changed`.
         */
        post: operations["decide-appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/decision": {
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
         * Confirm, decline or withdraw a partner's new customer
         * @description Allowed for staff with the permission `plans`, operators, and, to withdraw it while it waits,
         *     the partner that created the customer.
         *
         *     Confirmed, it is an account like any other: the invitation that the partner asked for is
         *     sent, its plan takes effect, and requests for access reach it. Declined or withdrawn, it is
         *     removed, and its numbers can be used again. Portico e-mails the partner what staff decided.
         *
         *     Send the `version` you have read, so that you decide on what you saw: the response is
         *     `changed` if the partner has corrected the customer or its first professional since, or
         *     somebody else has decided. A retry of a confirmation returns the account; a retry of a
         *     refusal returns `not-found`, since there is no account any more.
         */
        post: operations["decide-account"];
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
         * Set the partner's permissions
         * @description Allowed for administrators of the account, staff with the permission `plans` and operators,
         *     but not for the partner. Limits, removes or extends what the partner of record can do in a
         *     customer's account. The change applies to the partner's next request, and Portico e-mails
         *     its administrators. After the plan has lapsed, the account's administrators can still limit
         *     or remove permissions.
         *
         *     Send the `version` you have read. If somebody else has changed the account since, the
         *     response is `changed` and nothing is overwritten. A retry of a completed change changes
         *     nothing and returns the account.
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
         * Resend all pending invitations
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. Processes some of the account's people. E-mails a new link to
         *     everyone whose state is `sent`, `delivered`, `delayed`, `expired` or `failed` and whose
         *     newest invitation is older than `before`. Their older links stop working. Continue with the
         *     returned `next` until it is `null`.
         *
         *     Send the time of the first request as `before` in all requests. Then a retry is safe: people
         *     who have got a new invitation since are skipped. The `Date` header of any response has the
         *     portal's time.
         */
        post: operations["resend-invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/mail/release": {
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
         * Release held mail
         * @description Allowed for staff with the permission `people` and operators; for the vendor's own account,
         *     for its administrators and operators. Mail that an account caused is held back while too
         *     much of it bounces. This forgets the bounces, and what waits leaves within a quarter of an
         *     hour.
         *
         *     There is no body. Without held mail, or again within a minute, nothing changes, so a retry is
         *     safe.
         */
        post: operations["release-mail"];
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
         * @description By name. Allowed for the account's people, its partner of record, staff and operators. After
         *     the plan has lapsed, still allowed for administrators. The list can lag a moment behind a
         *     change; the response to the change does not. Keep `order` and `search` from page to page.
         *     With `report`, a page holds only the matching people, and can be empty: continue until
         *     `next` is null.
         */
        get: operations["list-professionals"];
        put?: never;
        /**
         * Add a professional and e-mail the invitation
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. The first professional of an account gets every role. The e-mail is
         *     sent within seconds, after the response.
         *
         *     A retry is safe: it returns `duplicate-email` with the existing professional.
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
         * @description Allowed for administrators of the account, its partner of record, staff, operators and the person. After the plan has lapsed, still allowed for administrators.
         */
        get: operations["show-professional"];
        put?: never;
        post?: never;
        /**
         * Delete a professional
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. The person's access ends with the next request. The last
         *     administrator, the last one who can sign in, the billing contact and the shipping contact
         *     can only be deleted with `hand_over_to`, which gives those roles to somebody else in the
         *     same step. Without it, the response is `role-required` and lists who is eligible.
         *     `restore-professional` undoes the deletion for ten minutes. All of this still works after
         *     the plan has lapsed.
         *
         *     A retry returns `not-found`.
         */
        delete: operations["delete-professional"];
        options?: never;
        head?: never;
        /**
         * Change a professional
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. The person can change everything except the end date. Changes the
         *     values in the body and leaves the others. A new address invalidates an invitation that went
         *     to the old one. A person's own new address is pending until they follow the link that is
         *     e-mailed there (`confirm-email`), or the one of `send_invitation`; the address on record
         *     cancels it, and the pending one e-mails another link. Once anybody of the account has
         *     linked, the partner and staff change an administrator's address only by an appointment
         *     (`appointment-required`). An administrator or contact cannot get a last day: give the role
         *     to somebody else first.
         *     `mail_preferences` are for the person alone; everybody else gets `forbidden`.
         *
         *     Of requests for the same value at the same time, one succeeds, and the others return
         *     `changed`. Requests for different values all succeed.
         *
         *     A retry changes nothing more, except with `send_invitation` or the person's own new address,
         *     which e-mails another link and invalidates the previous one.
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
         * E-mail an invitation
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators, and for the person, to switch to another identity. E-mails a new
         *     link to the address on record and invalidates the older one; if the person's own new address
         *     is pending, it goes there and confirms it. Also ends a hold.
         *
         *     There is no body. Every retry e-mails another link.
         */
        post: operations["send-invitation"];
        /**
         * Revoke the invitation
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. The link stops working, and the person cannot request another one.
         *     An identity that is linked stays linked.
         *
         *     Without an open invitation nothing changes, so a retry is safe.
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
         * Restore a deleted professional
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. Undoes a deletion within ten minutes. The profile is as it was: a
         *     linked identity opens the portal again, unless it has got another profile in the account,
         *     and an administrator is one again, if there is room for one (`invalid`). Contact roles that
         *     were handed over stay with the new holders. An invitation that was open stays invalid.
         *     Administrators can still do this after the plan has lapsed.
         *
         *     There is no body. A retry returns `not-found`.
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
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. After the plan has lapsed, still allowed for administrators. Exports
         *     everyone by name, 500 per part (RFC 4180, UTF-8).
         *
         *     The first part starts with a byte order mark and a header row. The header `Link` names the
         *     next part, until there is none. Concatenate the parts to get one file. The columns are
         *     `name`, `email`, `title`, `phone`, `language`, `ends_on`, `administrator`, which
         *     `import-professionals` accepts, then `billing_contact`, `shipping_contact`, `state`,
         *     `invited_at`, `linked_at`, `last_sign_in`. Role columns are `yes` or `no`. A value that
         *     starts with one of `= + - @`, in full width too, which a spreadsheet would execute, gets an
         *     apostrophe in front, which the import removes. So does what follows a semicolon, a tab or a
         *     line break, where programs that expect another delimiter begin a cell.
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
         * Add many professionals and e-mail the invitations
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. Adds up to 16 people at once. Send longer lists in parts. The import
         *     only adds: a row whose address is in the account already changes nothing. An invalid row
         *     does not stop the others. All new people are added together. If the account has nobody yet,
         *     the first row without an end date gets every role.
         *
         *     With `dry_run`, nothing is written, and the response previews the outcome of each row. A
         *     retry is safe: it adds and e-mails nobody twice.
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
         * @description Allowed for administrators of the account, its partner of record, staff with the permission
         *     `people` and operators. Replaces the holders of all roles. A new holder must be on the
         *     account's list and have no end date. There is always at least one administrator, exactly one
         *     billing contact and exactly one shipping contact, and at most 50 administrators. Once
         *     anybody of the account has linked, the partner and staff change only the contacts
         *     (`appointment-required`).
         *
         *     On the vendor's own account, `staff_permissions` says what each of its staff may do on the
         *     other accounts. Only its administrators and operators give and take them. Staff without any
         *     only read. Administrators of the vendor have every permission by their role.
         *
         *     Send the `version` you have read. If somebody else has changed the account since, the
         *     response is `changed` and nothing is overwritten. Without `version`, a retry is safe. With
         *     it, a retry of a completed change returns `changed` too.
         */
        put: operations["assign-roles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/sign-in-policy": {
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
         * Set how the account's people must sign in
         * @description Allowed for administrators of the account; to lift it, also for staff with the permission
         *     `appointments` and operators. Sets whose sessions must assert several factors, and which
         *     identities can be linked. Whoever requires several factors needs a session that asserts them
         *     (`step-up-required`), and whoever limits linking needs an identity within the limit
         *     (`not-satisfied-yourself`), so that nobody shuts themselves out. Existing links stay;
         *     `outside` in the answer counts those that the limit would refuse.
         *
         *     To lift is to send `nobody` as `factors` and `any` as the kind of `linking`. Of staff, two people must do so within seven
         *     days. The first gives a `reason` and gets 202, with `lift` in the policy; the second gets 200,
         *     and the policy is lifted. Any change by the account's administrators forgets the first
         *     request; an operator lifts the policy alone. Portico e-mails the account's administrators both
         *     times. The vendor's own policy is lifted by its administrators and by operators.
         *
         *     A retry changes nothing and returns the account.
         */
        put: operations["change-sign-in-policy"];
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
         * Create and update many accounts
         * @description Allowed for staff with the permission `imports` and operators. Synchronises up to 100
         *     accounts with the vendor's own records. Send longer lists in parts. The vendor's number
         *     identifies a row: a new number creates an account, a known one updates what differs. Values
         *     that a row leaves out stay unchanged.
         *
         *     Rows are independent: an invalid row does not stop the others. If a request is interrupted,
         *     send it again: rows that were done are reported as unchanged. A partner can be in the same
         *     request as its customers.
         *
         *     With `dry_run`, nothing is written, and the response previews the outcome of each row.
         */
        post: operations["import-accounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email-confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm one's own new address
         * @description Allowed for the person of the profile, signed in, who has the link that was e-mailed to the
         *     new address. Makes it the one on record. Portico e-mails the earlier address.
         *
         *     A retry returns `link-superseded`.
         */
        post: operations["confirm-email"];
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
         * Show the invitation of a link
         * @description Allowed for anyone who has the link, signed in or not. Changes nothing, so a retry is safe.
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
         * Accept an invitation
         * @description Allowed for anyone who has the link and is signed in. Links the current identity with the
         *     profile. Access to the mailbox proves who the person is, so the identity's own e-mail can
         *     differ from the one on record. Portico e-mails the mailbox and the administrators, and an
         *     identity that is replaced, and ends the sessions of that one. A link that went to the
         *     person's own new address makes that the one on record.
         *
         *     The account can limit which identities are accepted (`linking-limited`), and can require
         *     several factors of the person (`step-up-required`). Then the link stays as it is, and can be
         *     used with another identity or after another sign-in.
         *
         *     A retry by the same identity returns `already_linked: true`.
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
         * @description Allowed for anyone who has the link of the notice, signed in or not, for 30 days. Removes a
         *     link that somebody else made, ends that identity's sessions, revokes an open invitation, and puts the profile on hold until
         *     an administrator sends a new one. Roles stay with the profile. A retry returns the same
         *     response.
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
         * Request new links by e-mail
         * @description - With `email`: one e-mail for each profile with that address. Allowed for anyone signed in.
         *     - With `token` of a link that failed: one e-mail to that profile's address on record.
         *       Allowed for anyone who has the link, signed in or not: the newest one or one of the five
         *       before it.
         *
         *     The response and its timing are the same whether or not the address, the profile or the
         *     link is known.
         *
         *     A retry requests once more. Per hour, unless the vendor sets other figures: three requests
         *     per address are carried out, and further ones get the same response; 10 requests per
         *     identity; 60 per network address.
         */
        post: operations["request-links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mail/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the page that turns off the notices of an e-mail
         * @description Allowed for anyone. What a person gets who opens the address in the header
         *     `List-Unsubscribe` of a notice. Changes nothing, because mail filters open addresses too.
         */
        get: operations["confirm-unsubscribe"];
        put?: never;
        /**
         * Turn off the notices of an e-mail
         * @description Allowed for anyone who has the address in the header `List-Unsubscribe` of a notice: mail
         *     programs with one click (RFC 8058), from anywhere and without `Sec-Fetch-Site`, and the
         *     portal's page. Turns off the groups of notices of that e-mail for its recipient, as far as
         *     they can be, and nothing else. The address works for 90 days.
         *
         *     The response is the same whether the address is known or not, and for a retry, which changes
         *     nothing more. The body, `List-Unsubscribe=One-Click`, is not read.
         */
        post: operations["unsubscribe"];
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
         * Show the current session
         * @description Allowed for anyone. Returns `null` when nobody is signed in. Counts as a use of the session, which else ends after 12 hours unless the person chose to stay signed in.
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
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own sessions and sign-ins
         * @description Allowed for anyone signed in. Lists the open sessions of the identity, the most recently used first, and a page of its sign-ins in the last 90 days, newest first. An identity has 50 sessions at most: a further sign-in ends the one that was used least recently.
         */
        get: operations["list-sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A session from the list, `others` for all but the caller's own, or `all`. */
                session: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one's own sessions
         * @description Allowed for anyone signed in, for sessions of the same identity. They end with their next request. A retry with an id returns `not-found`; with `others` it changes nothing.
         */
        delete: operations["end-session"];
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
         * @description Allowed for anyone. With `provider`, redirects the browser to that provider. Without it,
         *     lists the providers. A person sees the outcome, so a failure redirects to a page too:
         *     `/sign-in/?problem=KIND&return=PATH`, in the language of `return` (`/de/…`). A
         *     sign-in must be finished within ten minutes, in the same browser.
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
    "/api/sign-in/callback/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finish a sign-in
         * @description Allowed for anyone. The provider redirects the browser here (OpenID Connect, authorization
         *     code with PKCE and nonce). Each provider has its own address, and an answer that came to
         *     another's is refused before anything is exchanged (RFC 9700, section 4.4). A person sees the
         *     outcome, so a failure redirects to a page too: `/sign-in/?problem=KIND&return=PATH`, in the
         *     language of the return page (`/de/…`). Each code is exchanged once: the same callback again
         *     leads to the same page.
         */
        get: operations["finish-sign-in"];
        put?: never;
        /**
         * Lead a posted answer to the callback
         * @description Allowed for anyone. Providers that send their answer as a form (OAuth 2.0 Form Post Response
         *     Mode), as Apple does, have the browser post it here, from their page. The browser is
         *     redirected to `finish-sign-in` with the same parameters, since it sends its cookies only
         *     there. Parameters that would make that address longer than 8,000 bytes are left out.
         */
        post: operations["forward-sign-in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/logout/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the sessions of an identity that has signed out at its provider
         * @description Allowed for the provider's server, which sends a token that it has signed (OpenID Connect
         *     Back-Channel Logout 1.0). Ends the sessions that began with this provider: those of the
         *     token's `sub`, of its session `sid`, or of both. With `sid` alone, a session that began within
         *     the last second may stay. The owner sees it in the list of sign-ins.
         *
         *     The response is the same whether there was a session or not. A token works once: the same one
         *     again is refused, and changes nothing.
         */
        post: operations["back-channel-logout"];
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
         * @description Allowed for anyone. Ends the session on the server and removes the cookie. Succeeds without a session too, so a retry is safe.
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
            /** @description Whether a role holder of the account has an address at this domain. */
            domain_known: boolean;
            /** @description The professional in the account who has the address. */
            professional: components["schemas"]["AddressHolder"] | null;
            /** @description A similar domain of a role holder. */
            resembles: string | null;
            /** @description The roles that the person gets if approved. */
            roles: components["schemas"]["Role"][];
        };
        AccessDecision: {
            /** @description The account to pass the request on to. Only with `pass_on`. */
            account?: components["schemas"]["Id"] | null;
            /** @enum {unknown} */
            decision: "approve" | "decline" | "pass_on";
            /** @description Why the request is declined. The requester can read it. Only with `decline`. */
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
        /** @description An access request as deciders see it. */
        AccessRequest: {
            account: components["schemas"]["Id"];
            /** Format: date-time */
            asked_at: string;
            /** @description What supports and what contradicts an open request. Only in lists. */
            checks: components["schemas"]["AccessChecks"] | null;
            decided_by: string | null;
            /**
             * Format: date
             * @description The day on which the request moves to the next stage or, in the last stage, expires.
             */
            due_on: string | null;
            /** @description As entered. Not verified. */
            email: string;
            /** Format: date-time */
            ended_at: string | null;
            identity: components["schemas"]["Identity"];
            language: string;
            message: string | null;
            /** @description As entered. */
            name: string;
            /** @description As entered. */
            organisation: string;
            phone: string | null;
            /** @description Why it was declined. */
            reason: string | null;
            request: components["schemas"]["Id"];
            /**
             * @description Who can decide at the moment. `null` until this is known.
             * @enum {unknown}
             */
            stage: "administrators" | "partner" | "staff" | null;
            state: components["schemas"]["AccessState"];
            title: string | null;
        };
        /** @description Somebody approved the request. */
        AccessRequestApprovedEvent: {
            requester: components["schemas"]["Requester"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-request-approved";
        };
        /** @description Somebody declined the request. */
        AccessRequestDeclinedEvent: {
            requester: components["schemas"]["Requester"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-request-declined";
        };
        /** @description Somebody asked for access. */
        AccessRequestedEvent: {
            requester: components["schemas"]["Requester"];
            stage: components["schemas"]["Decider"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-requested";
        };
        /** @description Nobody decided in time, and the next were asked. */
        AccessRequestEscalatedEvent: {
            requester: components["schemas"]["Requester"];
            stage: components["schemas"]["Decider"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-request-escalated";
        };
        /** @description Nobody decided on the request in time. */
        AccessRequestExpiredEvent: {
            requester: components["schemas"]["Requester"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-request-expired";
        };
        /** @description Staff passed the request on to the account it is for. */
        AccessRequestPassedOnEvent: {
            requester: components["schemas"]["Requester"];
            /** @description That account; only the vendor's list names it. */
            to: components["schemas"]["AccountRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-request-passed-on";
        };
        /** @description The person who asked took the request back. */
        AccessRequestWithdrawnEvent: {
            requester: components["schemas"]["Requester"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "access-request-withdrawn";
        };
        /** @enum {unknown} */
        AccessState: "open" | "approved" | "declined" | "withdrawn" | "expired";
        Account: {
            account: components["schemas"]["Id"];
            /** @description The administrators who can sign in, because they are linked and not on hold. */
            active_administrators: components["schemas"]["Id"][];
            /** @description The appointment of an administrator that waits for a second approval. Only for callers who can see the activity list. */
            appointment: components["schemas"]["Appointment"] | null;
            confirmation: components["schemas"]["Confirmation"];
            contact: components["schemas"]["Contact"];
            /** @description The number that the caller's own systems use for the account: the vendor's for staff and operators, the partner's for a partner's people. `null` for everyone else, and without a number. */
            external_id: string | null;
            /** @description The partner's permissions. `null` without a partner. */
            grant: components["schemas"]["Grant"] | null;
            /** @description Whether anybody of the account has ever linked. From then on the partner and staff change administrators only by an appointment. */
            has_linked: boolean;
            /** @description Mail that the account caused and that is held back because too much of it bounced. Only when reading the account or releasing its mail, for callers who can release it. `null` if there is none. */
            held_mail: components["schemas"]["HeldMail"] | null;
            kind: components["schemas"]["Kind"];
            /** @description The licensed products. */
            licences: components["schemas"]["Licence"][];
            name: string;
            /** @description The partner of record. */
            partner: components["schemas"]["PartnerCard"] | null;
            /** @description The plans with which the caller creates customers at once, and to which the caller may correct this one; empty if they wait for staff. Only when reading the account, for a partner's people who may do so. */
            partner_plans: components["schemas"]["PartnerPlan"][] | null;
            plan: components["schemas"]["Plan"] | null;
            roles: components["schemas"]["Roles"];
            /** @description How the account's people must sign in. Only for callers who can see the activity list. */
            sign_in_policy: components["schemas"]["SignInPolicy"] | null;
            /** @description The IANA time zone in which the days of the plan and of end dates count. */
            time_zone: string;
            /** @description Increases with each change. */
            version: number;
            you: components["schemas"]["AccountYou"];
        };
        /** @description Values that are absent stay unchanged. `null` removes external id, contact and partner, and the plan of a partner or the vendor. It leaves name, licences and time zone unchanged. */
        AccountChanges: {
            /** @description How it is reached. Replaces all contact details. */
            contact?: components["schemas"]["NewContact"] | null;
            /** @description The number that the vendor's systems use for the account. It must be unique. A number that the partner gave becomes the vendor's only when it is given here too. The partner then no longer sees it. */
            external_id?: string | null;
            /** @description All licensed products, in display order. */
            licences?: components["schemas"]["NewLicence"][] | null;
            name?: components["schemas"]["AccountName"] | null;
            /**
             * Format: ulid
             * @description The partner of record. For customers only.
             */
            partner?: string | null;
            plan?: components["schemas"]["NewPlan"] | null;
            /** @description The IANA time zone in which the days of the plan and of end dates count. */
            time_zone?: string | null;
            /** @description The account's version that the change is based on. */
            version?: number | null;
        };
        /** @description Staff confirmed an account that a partner created or renamed. */
        AccountConfirmedEvent: {
            /** @description The first professional, if the partner wanted the invitation. */
            invited: components["schemas"]["PersonRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "account-confirmed";
        };
        /** @description The account was created. */
        AccountCreatedEvent: {
            /** @description Whether a file was imported. */
            imported: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "account-created";
            /** @description Whether nobody gets access before staff confirm it. */
            waiting: boolean;
        };
        AccountDecision: {
            /** @enum {unknown} */
            decision: "confirm" | "decline" | "withdraw";
            /** @description The reason for declining, e-mailed to the partner. */
            reason?: string | null;
            /** @description The version you have read. */
            version: number;
        };
        /** @description Staff declined an account that a partner created. In the lists of the partner and the vendor. */
        AccountDeclinedEvent: {
            account: components["schemas"]["AccountRef"];
            /** @description As typed. */
            reason: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "account-declined";
        };
        /** @description An account with this external id, or the vendor, already exists. */
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
        /** @enum {unknown} */
        AccountField: "name" | "external_id" | "contact" | "plan" | "partner" | "licences" | "time_zone";
        AccountImport: {
            /**
             * @description Whether to only preview the outcome of the rows.
             * @default false
             */
            dry_run?: boolean;
            /** @description For a preview in parts: the numbers of partners that earlier parts would create, so that customers here can name them. */
            partners?: string[];
            rows: components["schemas"]["AccountImportRow"][];
        };
        AccountImportResult: components["schemas"]["AccountRowCreated"] | components["schemas"]["AccountRowUpdated"] | components["schemas"]["AccountRowUnchanged"] | components["schemas"]["RowInvalid"];
        /** @description A row of a CSV file: the cells as they are, by column. Blank cells count as absent. Days can be `2027-12-31` or `31.12.2027`. The names of the columns in files are in `functions/core/import-columns.json`. */
        AccountImportRow: {
            /** @description A shared mailbox. */
            email?: string | null;
            /** @description The plan's last day, not before the first. */
            ends_on?: string | null;
            /** @description The vendor's own number for the account. */
            external_id: string;
            /** @description The kind of a new account: customer or partner, in English or German. Default: customer. It cannot be changed. */
            kind?: string | null;
            /** @description The licensed products, with their quantities: `Planner:10; Ledger`. */
            licences?: string | null;
            /** @description The organisation's name. */
            name: string;
            /** @description The vendor's number for the customer's partner of record. */
            partner?: string | null;
            /** @description A telephone number. */
            phone?: string | null;
            /** @description The service plan's name. Needs both days. Required for a new customer. */
            plan?: string | null;
            /** @description The plan's first day. */
            starts_on?: string | null;
            /** @description An IANA time zone, such as Europe/Berlin. Default for a new account: UTC. */
            time_zone?: string | null;
            /** @description A web page, `https://…`. */
            website?: string | null;
        };
        /** @description An organisation's name. It contains a letter or a digit, and no web or e-mail address. */
        AccountName: string;
        /** @description An account, with its name at the time. */
        AccountRef: {
            id: components["schemas"]["Id"];
            name: string;
        };
        /** @description No account had the number. */
        AccountRowCreated: {
            /**
             * Format: ulid
             * @description The new account. `null` in a dry run.
             */
            account: string | null;
            /**
             * @description The kind that the row's cell means.
             * @enum {unknown}
             */
            kind: "customer" | "partner";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "created";
        };
        /** @description The account already matches the row. */
        AccountRowUnchanged: {
            account: components["schemas"]["Id"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "unchanged";
        };
        /** @description The row differed from the account. */
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
            confirmation: components["schemas"]["Confirmation"];
            /** @description The partner's permissions. `null` without a partner. */
            grant: components["schemas"]["Grant"] | null;
            kind: components["schemas"]["Kind"];
            name: string;
            /** @description The partner of record. */
            partner: components["schemas"]["PartnerName"] | null;
            plan: components["schemas"]["Plan"] | null;
            /**
             * Format: ulid
             * @description The caller's own professional in the account. `null` if the caller looks after the account.
             */
            professional: string | null;
            /** @description The roles of the caller's own professional in the account. */
            roles: components["schemas"]["Role"][];
        };
        /** @description Fields of the account were changed. */
        AccountUpdatedEvent: {
            changed: components["schemas"]["AccountField"][];
            /** @description Whether a file was imported. */
            imported: boolean;
            /** @description The new partner if that was changed. */
            partner: components["schemas"]["AccountRef"] | null;
            /** @description The new plan if that was changed. */
            plan: components["schemas"]["PlanRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "account-updated";
        };
        /** @description A partner withdrew an account that waited for confirmation. In the lists of the partner and the vendor. */
        AccountWithdrawnEvent: {
            account: components["schemas"]["AccountRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "account-withdrawn";
        };
        /** @description The caller's relationship to the account. Who may change the sign-in policy may lift it too; staff may only lift it. */
        AccountYou: {
            allowed_actions: ("view-account" | "list-professionals" | "export-professionals" | "invite" | "assign-roles" | "list-activity" | "list-managed" | "create-account" | "import-accounts" | "update-account" | "narrow-grant" | "change-grant" | "change-sign-in-policy" | "lift-sign-in-policy" | "appoint-administrator" | "confirm-account" | "withdraw-account" | "decide-appointment" | "decide-access-request" | "release-mail")[];
            /** @enum {unknown} */
            as: "professional" | "administrator" | "partner" | "staff" | "operator";
            /**
             * Format: ulid
             * @description The caller's own professional in this account.
             */
            professional: string | null;
        };
        Actor: {
            /** @enum {unknown} */
            as: "self" | "administrator" | "partner" | "staff" | "operator" | "schedule" | "mailbox";
            /** @description The name of the partner or the vendor whose professional acted. */
            home: string | null;
            name: string;
        };
        AddressHolder: {
            name: string;
            professional: components["schemas"]["Id"];
            /** @description Whether the requesting identity is the linked one. */
            same_identity: boolean;
            state: components["schemas"]["ProfessionalState"];
        };
        /** @description The partner or staff changed who is administrator, or the address of one. */
        AdministratorAppointedEvent: {
            /** @description Who stops being administrator. */
            in_place_of: components["schemas"]["PersonRef"][];
            /** @description Whose address is corrected. */
            new_address_of: components["schemas"]["PersonRef"] | null;
            /** @description Who becomes administrator. */
            professional: components["schemas"]["PersonRef"] | null;
            /** @description As typed. */
            reason: string | null;
            /** @description Who asked for it, if that was another person than the one who approved it. */
            requested_by: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "administrator-appointed";
        };
        Appointment: {
            appointment: components["schemas"]["Id"];
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Actor"];
            /** @description Their corrected address. */
            email: string | null;
            /** @description The names of the administrators to be replaced. */
            in_place_of: string[];
            /** @description Their name. */
            name: string | null;
            /**
             * Format: ulid
             * @description The new administrator, or the one whose address is corrected.
             */
            professional: string | null;
            reason: string | null;
            /** @description Whether the caller requested it. They can take it back. Somebody else must approve it. */
            yours: boolean;
        };
        /** @description A second person declined the appointment. */
        AppointmentDeclinedEvent: {
            /** @description Who stops being administrator. */
            in_place_of: components["schemas"]["PersonRef"][];
            /** @description Whose address is corrected. */
            new_address_of: components["schemas"]["PersonRef"] | null;
            /** @description Who becomes administrator. */
            professional: components["schemas"]["PersonRef"] | null;
            /** @description As typed. */
            reason: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "appointment-declined";
        };
        /** @description Somebody asked for such a change; a second person is to approve. */
        AppointmentRequestedEvent: {
            /** @description Who stops being administrator. */
            in_place_of: components["schemas"]["PersonRef"][];
            /** @description Whose address is corrected. */
            new_address_of: components["schemas"]["PersonRef"] | null;
            /** @description Who becomes administrator. */
            professional: components["schemas"]["PersonRef"] | null;
            /** @description As typed. */
            reason: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "appointment-requested";
        };
        /** @description Somebody of the account has linked. From then on the partner and staff give and take the administrator role, and change the address of somebody who holds it, only by `appoint-administrator`. */
        AppointmentRequired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 403;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/appointment-required/";
        };
        /** @description An event of the activity list. */
        AuditEvent: {
            actor: components["schemas"]["Actor"];
            /** Format: date-time */
            at: string;
            event: components["schemas"]["Event"];
            id: components["schemas"]["Id"];
            /** @description The network address it came from. `null` for partners, and for what came from an operator or a schedule. */
            source: string | null;
        };
        Candidate: {
            name: string;
            professional: components["schemas"]["Id"];
        };
        /** @description Somebody else has changed what the caller had read. */
        Changed: {
            /** @description What somebody else has changed of the profile while this request was carried out. Empty for other things, and if the profile just kept changing. */
            changed: ("name" | "email" | "title" | "phone" | "language" | "ends_on" | "invitation")[];
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
        /**
         * @description Whether staff have confirmed the account under its present name. `waiting`: a partner created it, and nobody gets access by it yet. `unconfirmed`: a partner created it at once or renamed it, and only requests for access do not reach it.
         * @enum {unknown}
         */
        Confirmation: "confirmed" | "unconfirmed" | "waiting";
        /** @description How to reach an organisation. Unknown values are absent. */
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
        /**
         * @description Who is asked to decide on a request for access.
         * @enum {unknown}
         */
        Decider: "administrators" | "partner" | "staff";
        Decision: {
            /** @description Whether to approve it. */
            approve: boolean;
            /** @description The reason for the refusal. */
            reason?: string | null;
        };
        /** @description The notice's link no longer exists. */
        DisputeExpired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 410;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/dispute-expired/";
        };
        /** @description Somebody in the account has this address. */
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
        /** @description An address such as name@example.org. Stored in lower case, with an international domain in Punycode. ASCII only before the @. */
        EmailAddress: string;
        /** @description A person kept the address on record instead of a pending one. */
        EmailChangeCancelledEvent: {
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "email-change-cancelled";
        };
        /** @description A person asked for another address on record, which is pending until it is confirmed. */
        EmailChangeRequestedEvent: {
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "email-change-requested";
        };
        /** @description What happened. Names of people and accounts are those at the time. The list is complete: each new kind adds a schema here. */
        Event: components["schemas"]["AccountCreatedEvent"] | components["schemas"]["AccountConfirmedEvent"] | components["schemas"]["AccountDeclinedEvent"] | components["schemas"]["AccountWithdrawnEvent"] | components["schemas"]["AccountUpdatedEvent"] | components["schemas"]["GrantChangedEvent"] | components["schemas"]["SignInPolicyChangedEvent"] | components["schemas"]["SignInPolicyLiftRequestedEvent"] | components["schemas"]["SignInPolicyLiftedEvent"] | components["schemas"]["ProfessionalAddedEvent"] | components["schemas"]["ProfessionalUpdatedEvent"] | components["schemas"]["EmailChangeRequestedEvent"] | components["schemas"]["EmailChangeCancelledEvent"] | components["schemas"]["MailPreferencesChangedEvent"] | components["schemas"]["ProfessionalDeletedEvent"] | components["schemas"]["ProfessionalRestoredEvent"] | components["schemas"]["RolesAssignedEvent"] | components["schemas"]["StaffPermissionsChangedEvent"] | components["schemas"]["AdministratorAppointedEvent"] | components["schemas"]["AppointmentRequestedEvent"] | components["schemas"]["AppointmentDeclinedEvent"] | components["schemas"]["InvitationRequestedEvent"] | components["schemas"]["InvitationRevokedEvent"] | components["schemas"]["IdentityLinkedEvent"] | components["schemas"]["IdentitySwitchedEvent"] | components["schemas"]["LinkDisputedEvent"] | components["schemas"]["PlanEndingEvent"] | components["schemas"]["PlanLapsedEvent"] | components["schemas"]["AccessRequestedEvent"] | components["schemas"]["AccessRequestEscalatedEvent"] | components["schemas"]["AccessRequestPassedOnEvent"] | components["schemas"]["AccessRequestApprovedEvent"] | components["schemas"]["AccessRequestDeclinedEvent"] | components["schemas"]["AccessRequestWithdrawnEvent"] | components["schemas"]["AccessRequestExpiredEvent"] | components["schemas"]["MailSentEvent"] | components["schemas"]["MailFailedEvent"] | components["schemas"]["MailBouncedEvent"] | components["schemas"]["MailComplainedEvent"] | components["schemas"]["MailReleasedEvent"];
        /**
         * @description Who must sign in with several factors, as asserted by their provider. Without it, every request of theirs for the account returns `step-up-required`. The account's people who act on other accounts, as its partner or the vendor's staff, need them there too.
         * @enum {string}
         */
        FactorsFor: "nobody" | "administrators" | "everybody";
        FaultyField: {
            /**
             * @description What is wrong with it, for programs and for translations. The list is complete: each new rule adds a code here.
             * @enum {string}
             */
            code: "missing" | "empty" | "too-long" | "too-many" | "invisible" | "stacked-marks" | "unknown-character" | "no-letter" | "address-inside" | "link-inside" | "telephone" | "language" | "email" | "email-accent" | "repeated" | "web-page" | "external-id" | "date" | "time-zone" | "time" | "future" | "past" | "ended" | "role-held" | "order" | "kind" | "kind-fixed" | "no-such-partner" | "licences" | "repeated-product" | "repeated-id" | "partner-of-no-customer" | "not-a-partner" | "staff-only" | "plan-not-offered" | "plan-term" | "no-partner" | "plan-of-vendor" | "staff-of-vendor" | "unknown" | "ineligible" | "not-an-administrator" | "too-many-administrators" | "ineligible-successor" | "incomplete-link" | "rows" | "open-requests" | "not-asked-for" | "no-account-for-access" | "yes-or-no" | "no-such-notices" | "no-such-choice" | "quantity" | "mail-domain" | "issuer";
            /** @description The member of the body, such as `email` or `plan.ends_on`, or the query parameter. */
            field: string;
            /** @description The maximum in the rule, if it has one. */
            most?: number;
            /** @description What is wrong with it and what it should be. Continues a sentence that starts with the field's name. */
            reason: string;
        };
        FirstProfessional: {
            email: components["schemas"]["EmailAddress"];
            /** @description Must be absent or `null`, because the first professional holds every role. */
            ends_on?: null;
            language?: components["schemas"]["Language"];
            name: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneNumber"];
            /**
             * @description Whether to e-mail an invitation.
             * @default true
             */
            send_invitation?: boolean;
            title?: components["schemas"]["JobTitle"];
        };
        /** @description The caller is signed in, but has no permission. */
        Forbidden: {
            detail: components["schemas"]["ProblemDetail"];
            /** @description The permission that the caller, one of the vendor's staff, needs. The vendor's administrators can give it. */
            permission: components["schemas"]["StaffPermission"] | null;
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
         * @description `at_once`: each by itself, and the further ones of an hour in one e-mail. `daily`: those of a
         *     day in one e-mail at seven in the morning in the account's time zone. `never`: only in the
         *     activity list.
         * @enum {unknown}
         */
        Frequency: "at_once" | "daily" | "never";
        /**
         * @description What a partner can do in a customer's account. Each value includes the previous ones.
         * @enum {string}
         */
        Grant: "none" | "view" | "manage_people" | "appoint_administrator";
        /** @description The partner of record may do more, less or nothing from now on. */
        GrantChangedEvent: {
            grant: components["schemas"]["Grant"];
            partner: components["schemas"]["AccountRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "grant-changed";
        };
        HeldMail: {
            /** @description How many mails wait. */
            mails: number;
            /**
             * Format: date-time
             * @description When staff last released what waited then. It leaves within a quarter of an hour.
             */
            released_at: string | null;
            /**
             * Format: date-time
             * @description The hour since which one of them has waited.
             */
            since: string | null;
        };
        /**
         * Format: ulid
         * @description A ULID.
         */
        Id: string;
        /** @description An identity, for display. The provider supplies the e-mail, which authorises nothing. */
        Identity: {
            email: string | null;
            name: string;
            /** @description The provider's name. */
            provider: string;
        };
        /** @description An identity was linked with a profile that had none. */
        IdentityLinkedEvent: {
            identity: components["schemas"]["IdentityRef"];
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "identity-linked";
        };
        IdentityRef: {
            /** @description The e-mail address that the provider gave, else the name. */
            name: string;
            /** @description The name of the identity provider. */
            provider: string;
        };
        /** @description Another identity took the place of the linked one. */
        IdentitySwitchedEvent: {
            identity: components["schemas"]["IdentityRef"];
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "identity-switched";
        };
        Import: {
            /**
             * @description Whether to only preview the outcome of the rows.
             * @default false
             */
            dry_run?: boolean;
            rows: components["schemas"]["ImportRow"][];
            /**
             * @description Whether to e-mail invitations to the people added.
             * @default true
             */
            send_invitations?: boolean;
        };
        ImportResult: components["schemas"]["RowAdded"] | components["schemas"]["RowExists"] | components["schemas"]["RowInvalid"];
        /** @description A row of a CSV file: the cells as they are, by column. Blank cells count as absent. The names of the columns in files are in `functions/core/import-columns.json`. */
        ImportRow: {
            /** @description Whether the person becomes an administrator: yes or no, in English or German. Then a last day is not allowed. Default: no. */
            administrator?: string | null;
            /** @description The address for invitations, which identifies the person. */
            email: string;
            /** @description The last day of access, such as `2027-12-31` or `31.12.2027`. Today or later. */
            ends_on?: string | null;
            /** @description The language of e-mails to the person: a BCP 47 tag, or the language's name in English or German. Default: English. */
            language?: string | null;
            /** @description The person's name. */
            name: string;
            /** @description A telephone number. */
            phone?: string | null;
            /** @description The job title. */
            title?: string | null;
        };
        /** @description An internal error of the portal. */
        Internal: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 500;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/internal/";
        };
        /** @description All invalid values. Nothing was changed. */
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
            /** @description Whether the current identity is the linked one. */
            already_linked: boolean;
            /** Format: date-time */
            expires_at: string;
            /** @description Who is signed in. */
            identity: components["schemas"]["Identity"] | null;
            /** @description The invited address in full, to offer at the provider. `null` unless the account accepts only identities with addresses of certain domains, and this is one. */
            login_hint: string | null;
            professional: {
                /** @description Masked, such as b***@customer.example. */
                email: string;
                name: string;
                professional: components["schemas"]["Id"];
            };
            /** @description Whether another identity is linked and would be replaced. */
            switches: boolean;
        };
        /** @description A professional was invited again, or asked for a link. */
        InvitationRequestedEvent: {
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "invitation-requested";
        };
        /** @description An invitation was revoked. */
        InvitationRevokedEvent: {
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "invitation-revoked";
        };
        InvitationToken: {
            /** @description The part of an invitation link after the `#`. */
            token: string;
        };
        /** @description A job title. It contains a letter or a digit, and nothing that a mail program turns into a link. */
        JobTitle: string | null;
        /**
         * @description A `customer` uses the vendor's products on a service plan. A `partner` looks after customers. The `vendor` is the operator itself.
         * @enum {unknown}
         */
        Kind: "customer" | "partner" | "vendor";
        /** @description The language of e-mails to the person (BCP 47): a language, with a region if it matters. Default: English. */
        Language: string | null;
        /**
         * Format: date
         * @description The last day of access. Today or later.
         */
        LastDay: string | null;
        Licence: {
            product: string;
            /** @description `null` if the product is not counted. */
            quantity: number | null;
        };
        /** @description The profile was deleted or put on hold, or its last day has passed. */
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
        /** @description Somebody reported a link as not theirs. */
        LinkDisputedEvent: {
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "link-disputed";
        };
        LinkedIdentity: {
            email: string | null;
            /** Format: date-time */
            linked_at: string;
            name: string;
            /** @description The provider's name. */
            provider: string;
        };
        /** @description The invitation has expired. */
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
        /** @description Which identities can be linked with profiles of the account. */
        Linking: {
            kind: components["schemas"]["LinkingKind"];
            /** @description The domains or issuers. A tenant of Microsoft Entra is its issuer. Empty with `any`. */
            values: string[];
        };
        /**
         * @description `any`: every identity. `mail-domains`: those whose address the provider vouches for, and is of one of the domains, exactly. `issuers`: those of one of the issuers.
         * @enum {string}
         */
        LinkingKind: "any" | "mail-domains" | "issuers";
        /** @description The account does not accept the current identity. The link stays as it is, and can be used with an identity within the limit. */
        LinkingLimited: {
            detail: components["schemas"]["ProblemDetail"];
            linking: components["schemas"]["Linking"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/linking-limited/";
        };
        /** @description Exactly one of the two. */
        LinkRequest: {
            email?: components["schemas"]["EmailAddress"];
            /** @description The part of an invitation link after the `#`. */
            token?: string;
        };
        /** @description The invitation was revoked, or the address on record has changed. */
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
        /** @description A newer link was e-mailed, or the link is not one of the portal's. */
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
        /** @description The current identity has another profile in the account. */
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
        /** @description A mail bounced. */
        MailBouncedEvent: {
            mail: components["schemas"]["MailKind"];
            /** @description The professional it went to; null for anybody who is not on the list. */
            recipient: components["schemas"]["PersonRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mail-bounced";
        };
        /** @description The recipient reported a mail as spam. */
        MailComplainedEvent: {
            mail: components["schemas"]["MailKind"];
            /** @description The professional it went to; null for anybody who is not on the list. */
            recipient: components["schemas"]["PersonRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mail-complained";
        };
        /** @description The mail service refused a mail. */
        MailFailedEvent: {
            mail: components["schemas"]["MailKind"];
            /** @description The professional it went to; null for anybody who is not on the list. */
            recipient: components["schemas"]["PersonRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mail-failed";
        };
        /** @enum {unknown} */
        MailKind: "invitation" | "invitation-bounced" | "my-link" | "my-links" | "requested-links" | "linked" | "identity-switched" | "confirm-email" | "address-changed" | "link-disputed" | "partner-changed" | "grant-changed" | "sign-in-policy-lift" | "administrator-changed" | "appointment-requested" | "customer-waiting" | "customer-confirmed" | "customer-declined" | "access-ending" | "review-access" | "plan-ending" | "plan-lapsed" | "notices" | "routed-access" | "access-requested";
        MailPreference: {
            /** @description What can be chosen for these notices. */
            choices: components["schemas"]["Frequency"][];
            frequency: components["schemas"]["Frequency"];
            notices: components["schemas"]["NoticeGroup"];
        };
        /** @description A person chose how often to get which e-mails, in the profile or with the link of an e-mail. What they chose is not recorded. */
        MailPreferencesChangedEvent: {
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mail-preferences-changed";
        };
        /** @description Staff released the mails that were held back because of bounces. */
        MailReleasedEvent: {
            /** @description How many mails waited. */
            mails: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mail-released";
        };
        /** @description The mail service accepted a mail. */
        MailSentEvent: {
            mail: components["schemas"]["MailKind"];
            /** @description The professional it went to; null for anybody who is not on the list. */
            recipient: components["schemas"]["PersonRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mail-sent";
        };
        /** @description The body or the query does not have the required form: not JSON, another content type, or an unknown, missing or wrongly typed member. */
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
            /** @description A message to the deciders. One line without links. */
            message?: string | null;
            name: components["schemas"]["PersonName"];
            /** @description The organisation's name, or the vendor's number for it. */
            organisation: components["schemas"]["AccountName"];
            phone?: components["schemas"]["PhoneNumber"];
            title?: components["schemas"]["JobTitle"];
        };
        NewAccount: {
            /** @description How customers reach it. For partners. */
            contact?: components["schemas"]["NewContact"] | null;
            /** @description The number that your own systems use for the account. It must be unique. */
            external_id?: string | null;
            /** @description Gets every role. */
            first_professional?: components["schemas"]["FirstProfessional"] | null;
            kind: components["schemas"]["Kind"];
            /**
             * @description The licensed products, in display order.
             * @default []
             */
            licences?: components["schemas"]["NewLicence"][];
            name: components["schemas"]["AccountName"];
            /**
             * Format: ulid
             * @description The partner of record. For customers only.
             */
            partner?: string | null;
            /** @description The service plan. Required for customers. */
            plan?: components["schemas"]["NewPlan"] | null;
            /**
             * @description The IANA time zone in which the days of the plan and of end dates count.
             * @default UTC
             */
            time_zone?: string | null;
        };
        NewAppointment: {
            /** @description The corrected address of `professional`. */
            email?: string | null;
            /**
             * @description Administrators who lose this role.
             * @default []
             */
            in_place_of?: string[];
            /**
             * Format: ulid
             * @description The new administrator, or one whose address is corrected. Must be on the account's list and have no end date. Absent or `null` to only take the role from others.
             */
            professional?: string | null;
            /** @description The reason, which the account's people can read. One line without web addresses. */
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
            /** @description The number of users, devices or other units. `null` if the product is not counted. */
            quantity?: number | null;
        };
        NewLinking: {
            kind: components["schemas"]["LinkingKind"];
            /**
             * @description Domains such as `customer.example`, or issuers such as `https://accounts.google.com`. A tenant of Microsoft Entra can be written as its GUID alone. None with `any`.
             * @default []
             */
            values?: string[];
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
             * @description Whether the person becomes an administrator. Then a last day is not allowed.
             * @default false
             */
            administrator?: boolean;
            email: components["schemas"]["EmailAddress"];
            ends_on?: components["schemas"]["LastDay"];
            language?: components["schemas"]["Language"];
            name: components["schemas"]["PersonName"];
            phone?: components["schemas"]["PhoneNumber"];
            /**
             * @description Whether to e-mail an invitation.
             * @default true
             */
            send_invitation?: boolean;
            title?: components["schemas"]["JobTitle"];
        };
        NewRoles: {
            /** @description At least one, and one who can sign in if there was one. Otherwise the response is `role-required`. */
            administrators: components["schemas"]["Id"][];
            billing_contact: components["schemas"]["Id"];
            shipping_contact: components["schemas"]["Id"];
            /** @description Only on the vendor's account: the permissions of each of its staff, by professional, for at most 100 people. Who is not named has none afterwards. Absent or `null` keeps all as they are. */
            staff_permissions?: components["schemas"]["StaffPermissions"] | null;
            /** @description The account's version that the change is based on. */
            version?: number | null;
        };
        NewSignInPolicy: {
            factors: components["schemas"]["FactorsFor"];
            linking: components["schemas"]["NewLinking"];
            /** @description Why staff or an operator lift the policy, which the account's administrators can read. One line without web addresses. Required of the first of the staff; left out by administrators of the account. */
            reason?: string | null;
            /** @description The account's version that the change is based on. */
            version?: number | null;
        };
        /** @description The `after` of the next page. `null` on the last page. */
        Next: string | null;
        /** @description The account, professional or identity provider does not exist, or the caller may not know about it. */
        NotFound: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 404;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/not-found/";
        };
        /**
         * @description Notices that people choose together. Everything else always comes at once: security notices,
         *     invitations, requested links, and notices about the person's own profile.
         *
         *     `people_linked`: somebody of the account has linked a sign-in. `access_ending`: a person's
         *     access ends soon. `access_requests`: somebody asks for access. `bounced_invitations`: an
         *     invitation bounced. `reviews`: people who may no longer need access. `plans`: the service
         *     plan ends or has lapsed. `partners`: the partner or its permissions changed. `approvals`:
         *     something needs a second person's approval.
         * @enum {unknown}
         */
        NoticeGroup: "people_linked" | "access_ending" | "access_requests" | "bounced_invitations" | "reviews" | "plans" | "partners" | "approvals";
        NoticeToken: {
            /** @description The part of the link after the `#`. */
            token: string;
        };
        /** @description The caller's own identity is outside the limit on linking that they want to set. Nothing was changed. */
        NotSatisfiedYourself: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/not-satisfied-yourself/";
        };
        /** @description Nobody is signed in, or the session has ended. */
        NotSignedIn: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 401;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/not-signed-in/";
        };
        /** @description What identity providers understand (RFC 6749, section 5.2). */
        OAuthError: {
            /** @constant */
            error: "invalid_request";
            /** @description What is wrong with the token. */
            error_description: string;
        };
        OpenSession: {
            /**
             * Format: date-time
             * @description When the person last proved to the provider who they are.
             */
            authenticated_at: string;
            /** @description The user agent at sign-in. */
            browser: string;
            /**
             * Format: date-time
             * @description When the person signed in.
             */
            created_at: string;
            /** @description Whether it is the caller's own. */
            current: boolean;
            /**
             * Format: date-time
             * @description When it ends unless it is used.
             */
            ends_at: string;
            /** @description Whether the person chose to stay signed in. */
            kept: boolean;
            /**
             * Format: date-time
             * @description When it was last used, to within an hour.
             */
            last_used_at: string;
            session: components["schemas"]["Id"];
            /** @description Whether the provider asserts several factors. */
            several_factors: boolean;
            /** @description The network address at sign-in. */
            source: string;
            /** @description Whether the provider states that time. Else it is the time of the sign-in here. */
            stated: boolean;
        };
        /** @description An access request as its requester sees it. */
        OwnAccessRequest: {
            /** Format: date-time */
            asked_at: string;
            /** @description As entered. */
            email: string;
            /** Format: date-time */
            ended_at: string | null;
            /** @description As entered. */
            name: string;
            /** @description As entered. */
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
        PartnerPlan: {
            /** @description The longest term. */
            months: number;
            name: string;
        };
        PendingEmail: {
            email: string;
            /**
             * Format: date-time
             * @description When the link that confirms it expires.
             */
            expires_at: string;
            /** Format: date-time */
            requested_at: string;
        };
        /** @description A person's name. It contains a letter or a digit, and nothing that a mail program turns into a link. */
        PersonName: string;
        /** @description A professional, with their name at the time. */
        PersonRef: {
            id: components["schemas"]["Id"];
            name: string;
        };
        /** @description A telephone number with at least three digits. */
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
             * @description `ending`: within 60 days of the last day. `grace`: in the grace period after the last day. `lapsed`: no access. Before the first day there is no access either.
             * @enum {unknown}
             */
            state: "current" | "ending" | "grace" | "lapsed";
        };
        /** @description The plan is about to end. */
        PlanEndingEvent: {
            plan: components["schemas"]["PlanRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "plan-ending";
        };
        /** @description The service plan has lapsed or not begun. Once it is current, everyone has access again. */
        PlanLapsed: {
            /** @description The vendor's mailbox for questions about access. */
            access_mailbox: string | null;
            /** @description Whether the person can still read the account as one of its administrators. */
            administrator: boolean;
            /**
             * Format: date
             * @description The plan's first day, if it is in the future.
             */
            begins_on: string | null;
            detail: components["schemas"]["ProblemDetail"];
            /** @description Who to contact. */
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
        /** @description The plan has lapsed. */
        PlanLapsedEvent: {
            plan: components["schemas"]["PlanRef"];
            /**
             * Format: date
             * @description The first day without access.
             */
            since: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "plan-lapsed";
        };
        PlanRef: {
            /**
             * Format: date
             * @description The last day.
             */
            ends_on: string;
            name: string;
        };
        PolicyLift: {
            /** Format: date-time */
            asked_at: string;
            /** @description The name of the staff member. */
            asked_by: string;
            reason: string;
            /** @description Whether the caller asked for it. Somebody else must ask for it too. */
            yours: boolean;
        };
        /** @description What is wrong and what to do, for people. Lower case, no full stop. */
        ProblemDetail: string;
        /** @description The kind, for people. */
        ProblemTitle: string;
        Professional: {
            account: components["schemas"]["Id"];
            /** @description The e-mail on record. Invitations go there. */
            email: string;
            /**
             * Format: date
             * @description The last day of access.
             */
            ends_on: string | null;
            /** @description The linked identity. */
            identity: components["schemas"]["LinkedIdentity"] | null;
            /** @description The newest invitation. */
            invitation: components["schemas"]["Invitation"] | null;
            language: string;
            /** Format: date-time */
            last_sign_in: string | null;
            name: string;
            /** @description The person's own new address, until it is confirmed. `null` also for callers who may not see the whole profile. */
            pending_email: components["schemas"]["PendingEmail"] | null;
            phone: string | null;
            professional: components["schemas"]["Id"];
            roles: components["schemas"]["Role"][];
            /** @description Only of the vendor's professionals: what they may do on other accounts, by their role as administrator too. */
            staff_permissions?: components["schemas"]["StaffPermission"][];
            state: components["schemas"]["ProfessionalState"];
            title: string | null;
            you: components["schemas"]["ProfessionalYou"];
        };
        /** @description A professional was added. */
        ProfessionalAddedEvent: {
            /** @description Whether a file was imported. */
            imported: boolean;
            /** @description Whether an invitation was sent. */
            invited: boolean;
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "professional-added";
        };
        /** @description Values that are absent stay unchanged. `null` clears title, telephone and last day. It leaves name, e-mail and language unchanged. */
        ProfessionalChanges: {
            email?: components["schemas"]["EmailAddress"] | null;
            ends_on?: components["schemas"]["LastDay"];
            language?: components["schemas"]["Language"];
            /** @description How often the person gets which notices, by [NoticeGroup](#/components/schemas/NoticeGroup). Only the person can set it. Groups that are absent stay unchanged. */
            mail_preferences?: {
                [key: string]: components["schemas"]["Frequency"];
            } | null;
            name?: components["schemas"]["PersonName"] | null;
            phone?: components["schemas"]["PhoneNumber"];
            /**
             * @description Whether to e-mail an invitation after the change, to the new address.
             * @default false
             */
            send_invitation?: boolean;
            title?: components["schemas"]["JobTitle"];
        };
        /** @description A professional was deleted. */
        ProfessionalDeletedEvent: {
            /** @description Who took over the roles that cannot be without a holder. */
            handed_over_to: components["schemas"]["PersonRef"] | null;
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "professional-deleted";
        };
        /** @enum {unknown} */
        ProfessionalField: "name" | "email" | "title" | "phone" | "language" | "ends_on";
        /** @description A deletion was undone. */
        ProfessionalRestoredEvent: {
            /** @description Whether the identity opens the profile again. */
            linked: boolean;
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "professional-restored";
        };
        /**
         * @description `linked`: the person can sign in. `ended`: the last day has passed. `on_hold`: somebody said
         *     "this was not me". Otherwise the status of the newest invitation, or `not_invited`.
         * @enum {unknown}
         */
        ProfessionalState: "not_invited" | "queued" | "sent" | "delivered" | "delayed" | "bounced" | "complained" | "failed" | "expired" | "revoked" | "linked" | "on_hold" | "ended";
        ProfessionalSummary: {
            account: components["schemas"]["Id"];
            /** @description The e-mail on record. Invitations go there. */
            email: string;
            /**
             * Format: date
             * @description The last day of access.
             */
            ends_on: string | null;
            /** @description The linked identity. `null` also for callers who may not see the whole profile. */
            identity: components["schemas"]["LinkedIdentity"] | null;
            /** @description The newest invitation. */
            invitation: components["schemas"]["Invitation"] | null;
            language: string;
            /**
             * Format: date-time
             * @description Absent for callers who may not see the whole profile.
             */
            last_sign_in?: string | null;
            name: string;
            /** @description The person's own new address, until it is confirmed. `null` also for callers who may not see the whole profile. */
            pending_email: components["schemas"]["PendingEmail"] | null;
            phone: string | null;
            professional: components["schemas"]["Id"];
            roles: components["schemas"]["Role"][];
            /** @description Only of the vendor's professionals: what they may do on other accounts, by their role as administrator too. */
            staff_permissions?: components["schemas"]["StaffPermission"][];
            state: components["schemas"]["ProfessionalState"];
            title: string | null;
        };
        /** @description Fields of a profile were changed. */
        ProfessionalUpdatedEvent: {
            changed: components["schemas"]["ProfessionalField"][];
            /** @description Whether an invitation was sent. */
            invited: boolean;
            professional: components["schemas"]["PersonRef"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "professional-updated";
        };
        /** @description The caller's relationship to the professional. */
        ProfessionalYou: {
            allowed_actions: ("view-professional" | "update-professional" | "set-end-date" | "delete-professional" | "send-invitation" | "revoke-invitation")[];
            /** @description How often the caller gets which notices; those that the caller's roles get. `null` in another person's profile. */
            mail_preferences: components["schemas"]["MailPreference"][] | null;
            /** @description Whether this is the caller. */
            self: boolean;
        };
        Provider: {
            /**
             * Format: uri
             * @description Where an administrator of an organisation allows the portal for everybody in it.
             */
            admin_consent: string | null;
            /** @description Whether it can confirm that a person proved themselves by several factors. */
            asserts_factors: boolean;
            id: string;
            name: string;
        };
        /** @description The person who asks for access, as typed. */
        Requester: {
            /** Format: email */
            email: string;
            name: string;
        };
        Resending: {
            /**
             * Format: ulid
             * @description The `next` of the previous response.
             */
            after?: string | null;
            /**
             * Format: date-time
             * @description Invitations requested at or after this time are skipped. Must not be in the future.
             */
            before: string;
        };
        /** @enum {unknown} */
        Role: "administrator" | "billing_contact" | "shipping_contact";
        /** @description A role would have no holder, or no administrator could sign in any more. */
        RoleRequired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @description The people who can take them over, the first by name. */
            eligible: components["schemas"]["Candidate"][];
            /** @description Whether more people may be able to. Find them by name with `list-professionals`. */
            has_more: boolean;
            /** @description Whether no other administrator could sign in, so that only people with an active profile can take over. */
            needs_active: boolean;
            /** @description The roles that would have no holder. */
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
        /** @description The holders of the roles. Empty until the account has its first professional. */
        Roles: {
            administrators: components["schemas"]["Id"][];
            /** Format: ulid */
            billing_contact: string | null;
            /** Format: ulid */
            shipping_contact: string | null;
            /** @description Only of the vendor's account: what its staff were given. Its administrators have every permission without being named here. */
            staff_permissions?: components["schemas"]["StaffPermissions"];
        };
        /** @description Roles were given and taken. */
        RolesAssignedEvent: {
            /** @description Who became administrator. */
            administrators_added: components["schemas"]["PersonRef"][];
            /** @description Who stopped being administrator. */
            administrators_removed: components["schemas"]["PersonRef"][];
            /** @description The new billing contact if it was changed. */
            billing_contact: components["schemas"]["PersonRef"] | null;
            /** @description The new shipping contact if it was changed. */
            shipping_contact: components["schemas"]["PersonRef"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "roles-assigned";
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
             * @description The new professional. `null` in a dry run.
             */
            professional: string | null;
        };
        /** @description Somebody in the account has the address. Nothing was changed. */
        RowExists: {
            /** @description The name on record, which can differ from the row's. */
            name: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "exists";
            professional: components["schemas"]["Id"];
        };
        /** @description All invalid values of the row. The second of two rows with the same address counts as invalid. */
        RowInvalid: {
            errors: components["schemas"]["FaultyField"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            outcome: "invalid";
        };
        Session: {
            /** @description The number of accounts that the identity is linked with, 100 at most. */
            accounts: number;
            /**
             * Format: date-time
             * @description When the person last proved to the provider who they are, or signed in here where it does not say.
             */
            authenticated_at: string;
            /** Format: date-time */
            expires_at: string;
            identity: components["schemas"]["Identity"];
            /** @description Whether the person chose to stay signed in. */
            kept: boolean;
            /** @description The `id` of the provider. */
            provider: string;
            /** @description Whether the provider asserts several factors. */
            several_factors: boolean;
        };
        /** @description Sessions ended from elsewhere: by the owner in the list, because there were too many, because a profile was switched to another identity, because somebody said "this was not me", or because the provider reported that the person has signed out there. */
        SessionsEnded: {
            /** @enum {unknown} */
            reason: "owner" | "too-many" | "identity-switched" | "link-disputed" | "provider-sign-out";
            sessions: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sessions-ended";
        };
        /** @description A session began. */
        SignedIn: {
            /** @description Whether the person chose to stay signed in. */
            kept: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "signed-in";
        };
        /** @description A session ended in its own browser. */
        SignedOut: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "signed-out";
        };
        SignInEvent: {
            /** Format: date-time */
            at: string;
            /** @description The user agent. Empty if it was not the identity's own browser. */
            browser: string;
            event: components["schemas"]["SignInEventKind"];
            id: components["schemas"]["Id"];
            /** @description The network address. Empty if it was not the identity's own browser. */
            source: string;
        };
        SignInEventKind: components["schemas"]["SignedIn"] | components["schemas"]["SignedOut"] | components["schemas"]["SignInRefused"] | components["schemas"]["SessionsEnded"];
        SignInPolicy: {
            factors: components["schemas"]["FactorsFor"];
            /** @description A staff member's request to lift the policy, which a second one has not made yet. `null` if there is none, or after seven days. */
            lift: components["schemas"]["PolicyLift"] | null;
            linking: components["schemas"]["Linking"];
            /** @description How many linked people the new limit on linking would not let link. They keep their access. Only in the answer to a change of the limit, else `null`. */
            outside: number | null;
        };
        /** @description An administrator of the account changed how its people must sign in. */
        SignInPolicyChangedEvent: {
            factors: components["schemas"]["FactorsFor"];
            linking: components["schemas"]["Linking"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sign-in-policy-changed";
        };
        /** @description Staff or an operator lifted the sign-in policy. */
        SignInPolicyLiftedEvent: {
            /** @description As typed. */
            reason: string | null;
            /** @description Who asked first. `null` if an operator lifted it alone. */
            requested_by: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sign-in-policy-lifted";
        };
        /** @description A staff member asked to lift the sign-in policy; a second one is to ask too. */
        SignInPolicyLiftRequestedEvent: {
            /** @description As typed. */
            reason: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sign-in-policy-lift-requested";
        };
        /**
         * @description Why a sign-in ended without a session, as passed to the sign-in page in `problem`; of these, `consent-given` is good news. `provider` names the provider beside it, and `reference` the log line of a defect. Each kind has a page at `/problems/KIND/` too.
         * @enum {unknown}
         */
        SignInProblem: "sign-in-cancelled" | "sign-in-expired" | "sign-in-unknown" | "sign-in-not-allowed" | "provider-unavailable" | "provider-misconfigured" | "sign-in-refused" | "same-identity" | "factors-missing" | "sign-in-not-fresh" | "consent-given" | "sign-in-failed";
        /** @description The provider named the identity, but its answer belonged to another sign-in or was too old. */
        SignInRefused: {
            /** @enum {unknown} */
            reason: "another-sign-in" | "expired";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sign-in-refused";
        };
        /**
         * @description What one of the vendor's staff may do on other accounts. `people`: manage people, decide on access requests, release held mail and export. `appointments`: appoint administrators and approve appointments. `plans`: create and change accounts, their plans, partners, licences and what the partner may do. `imports`: create and change many accounts from a file. Without any, staff only read.
         * @enum {unknown}
         */
        StaffPermission: "people" | "appointments" | "plans" | "imports";
        /** @description The permissions of people by the identifier of their professional. */
        StaffPermissions: {
            [key: string]: components["schemas"]["StaffPermission"][];
        };
        /** @description Permissions of the vendor's staff were given and taken. Only in the vendor's own list. */
        StaffPermissionsChangedEvent: {
            people: {
                given: components["schemas"]["StaffPermission"][];
                professional: components["schemas"]["PersonRef"];
                taken: components["schemas"]["StaffPermission"][];
            }[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "staff-permissions-changed";
        };
        /** @description The caller may do this, but not with the present sign-in: it is too old for an act that moves authority (`fresh`), or does not assert several factors where the account requires them (`factors`). Nothing was changed. After another sign-in with the provider, the same request succeeds. */
        StepUpRequired: {
            detail: components["schemas"]["ProblemDetail"];
            /** @description Whether a sign-in with several factors is needed. */
            factors: boolean;
            /** @description Whether a sign-in of the last 15 minutes is needed. */
            fresh: boolean;
            /** @description The `id` of the provider with which the caller is signed in. */
            provider: string;
            /** @constant */
            status: 401;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/step-up-required/";
        };
        /** @description The body is larger than 64 KiB. */
        TooLarge: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 413;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/too-large/";
        };
        /** @description The request would send more mail than its caller may cause in an hour. */
        TooManyRequests: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 429;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/too-many-requests/";
        };
        /** @description As many of the partner's customers as may wait for confirmation do so already. */
        TooManyWaiting: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 409;
            title: components["schemas"]["ProblemTitle"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "/problems/too-many-waiting/";
        };
        /** @description A service that Portico uses is throttled or unavailable. */
        Unavailable: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 503;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/unavailable/";
        };
        /** @description The request came to the address of the API behind the portal. Any operation answers it there, before it reads anything. */
        WrongAddress: {
            detail: components["schemas"]["ProblemDetail"];
            /** @constant */
            status: 403;
            title: components["schemas"]["ProblemTitle"];
            /** @constant */
            type: "/problems/wrong-address/";
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
        /** @description Another site sent the request. */
        CrossSite: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"];
            };
        };
        /** @description Another site sent the request, or the account's plan has lapsed. */
        CrossSiteOrLapsed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description An internal error of the portal. */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Internal"];
            };
        };
        /** @description The request has invalid values. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Invalid"];
            };
        };
        /** @description The link no longer works. */
        LinkGone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["LinkExpired"] | components["schemas"]["LinkSuperseded"] | components["schemas"]["LinkRevoked"] | components["schemas"]["LinkDeleted"];
            };
        };
        /** @description The link, or the current identity, belongs to somebody else. */
        LinkTaken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["LinkUsed"] | components["schemas"]["LinkWrongIdentity"];
            };
        };
        /** @description The request does not have the required form. */
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
        /** @description It does not exist, or the caller may not know about it. */
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
        /** @description The caller has no permission, the person's access has ended, or the plan has lapsed. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Forbidden"] | components["schemas"]["AccessEnded"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description Another site sent the request, the caller has no permission, the person's access has ended, or the plan has lapsed. */
        RefusedChange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["Forbidden"] | components["schemas"]["AccessEnded"] | components["schemas"]["PlanLapsed"];
            };
        };
        /** @description Another site sent the request, or the vendor's staff member lacks the permission, or their access has ended. */
        RefusedImport: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["Forbidden"] | components["schemas"]["AccessEnded"];
            };
        };
        /** @description As `RefusedChange`, or the partner or staff must use an appointment for this change. */
        RefusedOutsideChange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CrossSite"] | components["schemas"]["Forbidden"] | components["schemas"]["AppointmentRequired"] | components["schemas"]["AccessEnded"] | components["schemas"]["PlanLapsed"];
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
        /** @description Nobody is signed in, or the sign-in is too old or not strong enough for what the caller may do otherwise. */
        StepUp: {
            headers: {
                /** @description With `step-up-required`: the challenge of RFC 9470, with `insufficient_user_authentication` as `error`, and the seconds of `max_age` where a fresh sign-in is needed. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotSignedIn"] | components["schemas"]["StepUpRequired"];
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
        /** @description Too many requests within an hour. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TooManyRequests"];
            };
        };
        /** @description The portal is busy. Nothing was changed, unless the response to a completed change was lost. */
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
        /** @description The access request. */
        AccessRequest: components["schemas"]["Id"];
        /** @description The account. */
        Account: components["schemas"]["Id"];
        /** @description The `next` of the previous page. */
        After: string;
        /** @description The maximum number of items. */
        Limit: number;
        /** @description A professional of that account. */
        Professional: components["schemas"]["Id"];
        /** @description The start of the names. Case and accents do not matter. */
        Search: string;
        /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
        SecFetchSite: "same-origin";
        /** @description What proves that the e-mail was read. */
        UnsubscribeToken: string;
    };
    requestBodies: {
        Invitation: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
    };
    headers: {
        /** @description Seconds to wait before a retry. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-access-requests": {
        parameters: {
            query?: {
                /** @description The account whose requests to list, instead of the caller's own. */
                account?: components["schemas"]["Id"];
                /** @description The `next` of the previous page. */
                after?: components["parameters"]["After"];
                /** @description The maximum number of items. */
                limit?: components["parameters"]["Limit"];
                /** @description A single request to show. Only with `account`. */
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
                        /** @description With `account`: the requests as deciders see them. */
                        items: (components["schemas"]["OwnAccessRequest"] | components["schemas"]["AccessRequest"])[];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The request was accepted. The response reveals nothing else. */
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The access request. */
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
            /** @description Somebody has already decided. */
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
                /** @description The `next` of the previous page. */
                after?: components["parameters"]["After"];
                /** @description With `managed_by`: only accounts that staff have or have not confirmed. Pages as with `kind`; of the vendor, the unconfirmed and the waiting ones are in a short list of their own. */
                confirmation?: components["schemas"]["Confirmation"];
                /** @description The vendor's own number of an account. */
                external_id?: string;
                /** @description With `managed_by`: only accounts of this kind. A page can then hold fewer than `limit` accounts, or none. Continue while there is a `next`. */
                kind?: components["schemas"]["Kind"];
                /** @description The maximum number of items. */
                limit?: components["parameters"]["Limit"];
                /** @description A partner's account, or the vendor's, `00000000000000000000000000`. */
                managed_by?: components["schemas"]["Id"];
                /** @description With `managed_by`: only accounts whose plan is in this state. Pages as with `kind`. */
                plan_state?: "current" | "ending" | "grace" | "lapsed";
                /** @description The start of the names. Case and accents do not matter. */
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
            401: components["responses"]["StepUp"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The account, with its first professional and their roles. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountSummary"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description An account with this external id, or the vendor, already exists, or too many of the partner's customers wait. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountExists"] | components["schemas"]["TooManyWaiting"];
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
            401: components["responses"]["StepUp"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Another account has this external id, or somebody else has changed the account since `version`. */
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "decide-access-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
                /** @description The access request. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description The request has already been closed differently. */
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
                /** @description The `next` of the previous page. */
                after?: components["parameters"]["After"];
                /** @description The maximum number of items. */
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
            /** @description The activity of the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The account, with the appointment that waits for a second approval. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description No administrator who can sign in would be left, or somebody in the account has the corrected address. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"] | components["schemas"]["DuplicateEmail"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "decide-appointment": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else has decided differently, or what was requested is no longer possible. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Changed"] | components["schemas"]["RoleRequired"] | components["schemas"]["DuplicateEmail"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "decide-account": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
                "application/json": components["schemas"]["AccountDecision"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            /** @description The account is declined or withdrawn and gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description It is another by now than the one you saw, or is decided already. */
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
    "change-grant": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else has changed the account since `version`. */
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
    "resend-invitations": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The number of invitations sent, and where to continue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The `after` of the next request; `null` when everyone was processed. */
                        next: string | null;
                        sent: number;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "release-mail": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description The account. */
                account: components["parameters"]["Account"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Account"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-professionals": {
        parameters: {
            query?: {
                /** @description The `next` of the previous page. */
                after?: components["parameters"]["After"];
                /** @description The maximum number of items. */
                limit?: components["parameters"]["Limit"];
                /** @description The months without a sign-in that count as `inactive`. Default: the interval between two reviews, or 6. */
                months?: number;
                /** @description The sort order of the names. */
                order?: "ascending" | "descending";
                /**
                 * @description Only people who may no longer need access:
                 *
                 *     - `never_linked`: on the list for 30 days without linking an identity
                 *     - `inactive`: no sign-in for `months` months, at least 31 days; only for callers who may
                 *       see whole profiles
                 *     - `ending_soon`: the last day is within 30 days
                 */
                report?: "never_linked" | "inactive" | "ending_soon";
                /** @description The start of the names. Case and accents do not matter. */
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
            401: components["responses"]["StepUp"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedOutsideChange"];
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "delete-professional": {
        parameters: {
            query?: {
                /** @description Another professional of the account without an end date, who takes over the roles that must have a holder. */
                hand_over_to?: components["schemas"]["Id"];
            };
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The professional was deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedOutsideChange"];
            404: components["responses"]["NotFound"];
            /** @description A role would have no holder. */
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedOutsideChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody in the account has this address, the person who gets a last day holds a role, or somebody else was changing the same values. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DuplicateEmail"] | components["schemas"]["RoleRequired"] | components["schemas"]["Changed"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else was sending or revoking an invitation. */
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
    "revoke-invitation": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else was sending or revoking an invitation. */
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
    "restore-professional": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedOutsideChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else in the account has the address by now. */
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "export-professionals": {
        parameters: {
            query?: {
                /** @description The `next` of the previous page. */
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
                    /** @description The suggested file name. */
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
            401: components["responses"]["StepUp"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The outcome of each row, in the order of the rows. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedOutsideChange"];
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedOutsideChange"];
            404: components["responses"]["NotFound"];
            /** @description There would be no administrator, or somebody else has changed the account since `version`. */
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
    "change-sign-in-policy": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
                "application/json": components["schemas"]["NewSignInPolicy"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            /** @description The account, whose policy is lifted once another staff member asks for it too. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description The caller's own identity is outside the limit, or somebody else has changed the account since `version`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["NotSatisfiedYourself"] | components["schemas"]["Changed"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "import-accounts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The outcome of each row, in the order of the rows. */
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
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedImport"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "confirm-email": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The address is on record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            account: components["schemas"]["Id"];
                            name: string;
                        };
                        email: string;
                        professional: components["schemas"]["Id"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["RefusedChange"];
            404: components["responses"]["NotFound"];
            /** @description Somebody in the account has this address by now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DuplicateEmail"];
                };
            };
            /** @description The link has expired, was used or was replaced by a newer one, or the change was cancelled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["LinkExpired"] | components["schemas"]["LinkSuperseded"];
                };
            };
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Invitation"];
        responses: {
            /** @description The invitation, and who is signed in. */
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
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
                        /** @description Whether it was linked before. */
                        already_linked: boolean;
                        professional: components["schemas"]["Id"];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["StepUp"];
            403: components["responses"]["CrossSiteOrLapsed"];
            /** @description The link, or the current identity, belongs to somebody else, the account does not accept the current identity, or somebody in the account has the new address by now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["LinkUsed"] | components["schemas"]["LinkWrongIdentity"] | components["schemas"]["LinkingLimited"] | components["schemas"]["DuplicateEmail"];
                };
            };
            410: components["responses"]["LinkGone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "dispute-link": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The link is removed and the profile is on hold. */
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
            /** @description The link no longer exists, or the notice is older than 30 days. */
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "request-links": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
            /** @description The request was accepted. The response reveals nothing else. */
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
    "confirm-unsubscribe": {
        parameters: {
            query: {
                /** @description The language of the page, `en` or `de`; English if absent. */
                language?: string;
                /** @description What proves that the e-mail was read. */
                token: components["parameters"]["UnsubscribeToken"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A redirect to the page. */
            303: {
                headers: {
                    /** @description `/unsubscribe/` of this site, with the token after the `#`. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unsubscribe: {
        parameters: {
            query: {
                /** @description What proves that the e-mail was read. */
                token: components["parameters"]["UnsubscribeToken"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @constant */
                    "List-Unsubscribe"?: "One-Click";
                };
            };
        };
        responses: {
            /** @description The notices are turned off, if the address was right. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
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
    "list-sessions": {
        parameters: {
            query?: {
                /** @description The `next` of the previous page. */
                after?: components["parameters"]["After"];
                /** @description The maximum number of items. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions and sign-ins. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["SignInEvent"][];
                        next: components["schemas"]["Next"];
                        sessions: components["schemas"]["OpenSession"][];
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "end-session": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
                "Sec-Fetch-Site"?: components["parameters"]["SecFetchSite"];
            };
            path: {
                /** @description A session from the list, `others` for all but the caller's own, or `all`. */
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. */
            204: {
                headers: {
                    /** @description Removes `__Host-session`, if the caller's own session is among them. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["CrossSite"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "start-sign-in": {
        parameters: {
            query?: {
                /** @description `true` makes the provider ask which identity to use. */
                choose?: boolean;
                /** @description `true` asks for several factors, which the provider has to assert. */
                factors?: boolean;
                /** @description `true` makes the provider ask the person again, instead of confirming an earlier sign-in. */
                fresh?: boolean;
                /** @description `true` keeps the person signed in for `keep_days`. Otherwise the session ends with the browser, after 12 hours without use, or after 24 hours. */
                keep?: boolean;
                /** @description The e-mail address to sign in with. The provider may use it or not. */
                login_hint?: string;
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
            /** @description Without `provider`: the providers, in display order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many days `keep` lasts. */
                        keep_days: number;
                        providers: components["schemas"]["Provider"][];
                    };
                };
            };
            /** @description With `provider`: a redirect to it, or to the sign-in page with the failure. */
            303: {
                headers: {
                    /** @description The provider's page. After a failure: `/sign-in/` of this site, with one of the kinds of `SignInProblem` as `problem`. */
                    Location: string;
                    /** @description `__Host-sign-in-0` to `__Host-sign-in-3`, one for each tab: the sign-in, which only this browser can finish. Nothing is stored before the callback. */
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
                /** @description `True` after an administrator has allowed the portal for their organisation, at Microsoft. There is no code then. */
                admin_consent?: string;
                /** @description The authorization code, which Portico exchanges for an ID token. */
                code?: string;
                /** @description Why the provider did not sign the person in (RFC 6749, section 4.1.2.1). */
                error?: string;
                /** @description The provider's words, of which only Microsoft's code is used. */
                error_description?: string;
                /** @description The issuer, from providers that name it (RFC 9207). It must be the provider's. */
                iss?: string;
                /** @description Identifies the sign-in that was started. */
                state?: string;
            };
            header?: never;
            path: {
                /** @description The provider's id, from the list of `GET /api/sign-in`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A redirect to the return page, or to the sign-in page with the failure. */
            303: {
                headers: {
                    /** @description A path of this site, or the provider's page again if it did not take the prompt. After a failure, `problem` is one of the kinds of `SignInProblem`. */
                    Location: string;
                    /** @description `__Host-session`, after a successful sign-in, and the sign-in's own cookie: completed, or removed after a failure. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "forward-sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The provider's id, from the list of `GET /api/sign-in`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    code?: string;
                    error?: string;
                    error_description?: string;
                    iss?: string;
                    state?: string;
                    /** @description The person's name, as JSON, from Apple after the first sign-in. */
                    user?: string;
                };
            };
        };
        responses: {
            /** @description A redirect to `finish-sign-in`. */
            303: {
                headers: {
                    /** @description The callback of the same provider. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
        };
    };
    "back-channel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The provider's id, from the list of `GET /api/sign-in`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description A signed JWT. */
                    logout_token: string;
                };
            };
        };
        responses: {
            /** @description No session of what the token names is left. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The provider is unknown, the token is not valid, or it has been used before. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            413: components["responses"]["TooLarge"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    "sign-out": {
        parameters: {
            query?: never;
            header?: {
                /** @description Browsers set it. Without it, an `Origin` that equals the portal's address is required. */
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
                         * @description Where to sign out of the identity provider too, if it supports that.
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
  'step-up-required',
  'wrong-address',
  'cross-site',
  'forbidden',
  'appointment-required',
  'access-ended',
  'plan-lapsed',
  'not-found',
  'duplicate-email',
  'account-exists',
  'too-many-waiting',
  'role-required',
  'changed',
  'not-satisfied-yourself',
  'link-expired',
  'link-superseded',
  'link-revoked',
  'link-deleted',
  'link-used',
  'link-wrong-identity',
  'linking-limited',
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
  'stacked-marks',
  'unknown-character',
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
  'staff-only',
  'plan-not-offered',
  'plan-term',
  'no-partner',
  'plan-of-vendor',
  'staff-of-vendor',
  'unknown',
  'ineligible',
  'not-an-administrator',
  'too-many-administrators',
  'ineligible-successor',
  'incomplete-link',
  'rows',
  'open-requests',
  'not-asked-for',
  'no-account-for-access',
  'yes-or-no',
  'no-such-notices',
  'no-such-choice',
  'quantity',
  'mail-domain',
  'issuer',
] as const
