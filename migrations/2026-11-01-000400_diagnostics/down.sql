drop table deficits, diagnostic_levels, diagnostic_scores, diagnostic_results, instrument_cut_points,
    instrument_scales, instruments, competencies, frameworks;
