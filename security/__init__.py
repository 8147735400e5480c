"""What looks at the coach from outside, as a stranger would: audit of packages, API checks, fuzzing.

`make help` lists the commands; docs/security.md says what each is for.
"""
