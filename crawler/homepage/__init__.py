"""The homepage of a site: how it is opened, and what its answer says about the reach of the site."""
