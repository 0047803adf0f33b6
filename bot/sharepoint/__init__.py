"""SharePoint behind `msgraph-sdk`: the only folder that imports it, and nothing of it is imported before it is needed."""
