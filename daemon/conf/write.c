/* SPDX-License-Identifier: MIT */
/*
 * conf: the effective configuration in the file's own syntax, and as JSON.
 */
#include "conf/conf.h"

#include "conf/option.h"

void conf_write(const struct conf *conf, struct str *out)
{
	option_write(&option_root, conf, "", out);
	str_add(out, "smtp: {\n");
	option_write(&option_smtp, &conf->smtp, "\t", out);
	str_add(out, "};\ndigests: (");
	for (size_t i = 0; i < conf->n_digests; i++) {
		str_add(out, i ? ", {\n" : " {\n");
		option_write(&option_digest, &conf->digests[i], "\t", out);
		str_add(out, "}");
	}
	str_add(out, " );\n");
}

void conf_write_json(const struct conf *conf, struct json *json)
{
	json_object_begin(json);
	json_add_string(json, "path", conf->path);
	option_write_json(&option_root, conf, json);
	json_key(json, "smtp");
	json_object_begin(json);
	option_write_json(&option_smtp, &conf->smtp, json);
	json_object_end(json);
	json_key(json, "digests");
	json_array_begin(json);
	for (size_t i = 0; i < conf->n_digests; i++) {
		json_object_begin(json);
		option_write_json(&option_digest, &conf->digests[i], json);
		json_object_end(json);
	}
	json_array_end(json);
	json_object_end(json);
}
