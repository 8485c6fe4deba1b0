"""What a person does: each gesture becomes a signed request, and its answer changes the workspace."""
