/* SPDX-License-Identifier: MIT */
/*
 * fuzz-unit: whatever systemd's programs print, something is made of it, in one line.
 */
#include "fuzz.h"

#include "doctor/unit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	char value[8];

	unit_value(text, "A", value, sizeof(value));
	FUZZ_ASSERT(!strchr(value, '\n') && strlen(value) < sizeof(value));
	for (int system = 0; system < 2; system++) {
		_cleanup_finding_ struct finding service = { 0 }, start = { 0 }, lingering = { 0 };
		struct unit unit = { .system = system };

		unit_read(&unit, text);
		unit_judge_service(&service, &unit, false);
		unit_judge_start(&start, &unit, false);
		unit_judge_lingering(&lingering, &unit, "anna", text);
		FUZZ_ASSERT(service.text.len && !strchr(str_text(&service.text), '\n'));
		FUZZ_ASSERT(start.text.len && lingering.text.len);
		FUZZ_ASSERT((service.state == FINDING_WELL) == !service.remedy.len);
	}
	return 0;
}
