"""A made-up municipality to try the product on, made through the services that users use.

What it holds is written in `content/*.toml`; `build.make_demo` acts it out.
"""
