/**
 * Tells edges what to run and remembers what they said of it: signed documents with rising numbers,
 * rollouts that a controller leads through their waves, and the history of both. Everything that
 * counts is in the database; a process that dies between any two lines is continued by the next.
 */
@NullMarked
package io.edgeflow.cloud.deploy;

import org.jspecify.annotations.NullMarked;
