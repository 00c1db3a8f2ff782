/** Settings: each declared once, read from the environment and .env, checked together. */
@NullMarked
package dev.mooring.config;

import org.jspecify.annotations.NullMarked;
