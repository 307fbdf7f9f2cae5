"""Who is protected from when until when, and what grace gives; dates that stay true without a nightly job."""
