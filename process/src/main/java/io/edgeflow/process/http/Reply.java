package io.edgeflow.process.http;

/** What a request is answered with: at once, or piece by piece as the client takes it. */
public sealed interface Reply permits Answer, Flow {}
