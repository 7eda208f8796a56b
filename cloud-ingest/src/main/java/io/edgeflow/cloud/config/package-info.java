/** What an operator can set. */
@NullMarked
package io.edgeflow.cloud.config;

import org.jspecify.annotations.NullMarked;
