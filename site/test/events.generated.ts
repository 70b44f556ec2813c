// Written by `npm run contract` from infra/openapi.yaml: change that file, not this one.

import type { ActivityEvent } from '../src/api/contract.ts'

/** The documented examples of events: one or more of each kind. */
export const EVENTS: ActivityEvent[] = [
  {
    "type": "account-created",
    "imported": false,
    "waiting": false
  },
  {
    "type": "account-confirmed",
    "invited": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "account-declined",
    "account": {
      "id": "01JD5QK3Y4N8T7W2V6X0Z9B1CA",
      "name": "Example Customer"
    },
    "reason": "We know this customer under another name."
  },
  {
    "type": "account-withdrawn",
    "account": {
      "id": "01JD5QK3Y4N8T7W2V6X0Z9B1CA",
      "name": "Example Customer"
    }
  },
  {
    "type": "account-updated",
    "changed": [
      "name",
      "plan"
    ],
    "plan": {
      "name": "Support",
      "ends_on": "2027-12-31"
    },
    "partner": null,
    "imported": false
  },
  {
    "type": "grant-changed",
    "partner": {
      "id": "01JD5QK3Y4P9A8R7T6N5E4R3AA",
      "name": "Helpful Partner"
    },
    "grant": "view"
  },
  {
    "type": "sign-in-policy-changed",
    "factors": "administrators",
    "linking": {
      "kind": "mail-domains",
      "values": [
        "customer.example"
      ]
    }
  },
  {
    "type": "sign-in-policy-lift-requested",
    "reason": "The only administrator lost their second factor."
  },
  {
    "type": "sign-in-policy-lifted",
    "reason": "The only administrator lost their second factor.",
    "requested_by": "Sid Second"
  },
  {
    "type": "professional-added",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "invited": true,
    "imported": false
  },
  {
    "type": "professional-updated",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "changed": [
      "email",
      "ends_on"
    ],
    "invited": true
  },
  {
    "type": "email-change-requested",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "email-change-cancelled",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "mail-preferences-changed",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "professional-deleted",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "handed_over_to": {
      "id": "01JD7H2M8BAAB1C2D3E4F5G6AA",
      "name": "Ada Lovelace"
    }
  },
  {
    "type": "professional-restored",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "linked": true
  },
  {
    "type": "roles-assigned",
    "administrators_added": [
      {
        "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
        "name": "Bob Babbage"
      }
    ],
    "administrators_removed": [
      {
        "id": "01JD7H2M8BAAB1C2D3E4F5G6AA",
        "name": "Ada Lovelace"
      }
    ],
    "billing_contact": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "shipping_contact": null
  },
  {
    "type": "staff-permissions-changed",
    "people": [
      {
        "professional": {
          "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
          "name": "Bob Babbage"
        },
        "given": [
          "people",
          "appointments"
        ],
        "taken": [
          "imports"
        ]
      }
    ]
  },
  {
    "type": "administrator-appointed",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "in_place_of": [
      {
        "id": "01JD7H2M8BAAB1C2D3E4F5G6AA",
        "name": "Ada Lovelace"
      }
    ],
    "new_address_of": null,
    "reason": "Ada has left the company.",
    "requested_by": "Sid Second"
  },
  {
    "type": "appointment-requested",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "in_place_of": [
      {
        "id": "01JD7H2M8BAAB1C2D3E4F5G6AA",
        "name": "Ada Lovelace"
      }
    ],
    "new_address_of": null,
    "reason": "Ada has left the company."
  },
  {
    "type": "appointment-declined",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "in_place_of": [
      {
        "id": "01JD7H2M8BAAB1C2D3E4F5G6AA",
        "name": "Ada Lovelace"
      }
    ],
    "new_address_of": null,
    "reason": "Ada has left the company."
  },
  {
    "type": "invitation-requested",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "invitation-revoked",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "identity-linked",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "identity": {
      "name": "bob@home.example",
      "provider": "Microsoft"
    }
  },
  {
    "type": "identity-switched",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    },
    "identity": {
      "name": "bob@home.example",
      "provider": "Microsoft"
    }
  },
  {
    "type": "link-disputed",
    "professional": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "plan-ending",
    "plan": {
      "name": "Support",
      "ends_on": "2027-12-31"
    }
  },
  {
    "type": "plan-lapsed",
    "plan": {
      "name": "Support",
      "ends_on": "2027-12-31"
    },
    "since": "2028-01-01"
  },
  {
    "type": "access-requested",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    },
    "stage": "administrators"
  },
  {
    "type": "access-request-escalated",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    },
    "stage": "administrators"
  },
  {
    "type": "access-request-passed-on",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    },
    "to": {
      "id": "01JD5QK3Y4N8T7W2V6X0Z9B1CB",
      "name": "Example Customer"
    }
  },
  {
    "type": "access-request-approved",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    }
  },
  {
    "type": "access-request-declined",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    }
  },
  {
    "type": "access-request-withdrawn",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    }
  },
  {
    "type": "access-request-expired",
    "requester": {
      "name": "Nina Novak",
      "email": "nina@customer.example"
    }
  },
  {
    "type": "mail-sent",
    "mail": "invitation",
    "recipient": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "mail-failed",
    "mail": "invitation",
    "recipient": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "mail-bounced",
    "mail": "invitation",
    "recipient": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "mail-complained",
    "mail": "invitation",
    "recipient": {
      "id": "01JD7H2M8BB0B1C2D3E4F5G6BB",
      "name": "Bob Babbage"
    }
  },
  {
    "type": "mail-released",
    "mails": 12
  }
]
