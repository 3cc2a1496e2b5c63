"""HTTPS endpoints that take leads: workflows behind an HTTP trigger, an Azure Function, a web service."""
