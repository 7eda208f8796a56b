/**
 * The agent of an edge: takes signed documents that say what shall run, notes each step before it
 * takes it, brings models into service, watches how they do, and takes them back by itself.
 */
@NullMarked
package io.edgeflow.gateway.deploy;

import org.jspecify.annotations.NullMarked;
