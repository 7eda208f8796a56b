/**
 * Configuration: a YAML file, environment variables and options become a tree of checked records.
 */
@NullMarked
package io.edgeflow.process.settings;

import org.jspecify.annotations.NullMarked;
