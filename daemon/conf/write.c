/* SPDX-License-Identifier: MIT */
/*
 * conf: the effective configuration in the file's own syntax.
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
