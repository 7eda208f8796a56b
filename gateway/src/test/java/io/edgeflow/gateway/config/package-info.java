@NullMarked
package io.edgeflow.gateway.config;

import org.jspecify.annotations.NullMarked;
