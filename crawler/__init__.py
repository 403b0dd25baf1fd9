"""The crawler: fetches a site and reduces its pages to facts. It knows nothing of compliance."""
