"""Every fault that the endpoint and its server must survive has a test; here is which."""

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]

FAULTS = {
    "Q01 SERVICE": "test_service_is_refused_and_nobody_is_called",
    "Q02 SERVICE glued to other words": "test_service_is_refused_however_it_is_written",
    "Q03 the word service elsewhere": "test_the_word_service_where_it_is_no_keyword_passes",
    "Q04 FROM": "test_from_fetches_nothing",
    "Q05 updates": "test_updates_are_refused_and_change_nothing",
    "Q06-Q21 queries that run away or crash": "test_hostile_queries_have_their_status_in_time",
    "Q21 CONSTRUCT without end": "test_too_large_an_answer_is_broken_off_and_no_one_can_take_it_for_whole",
    "Q22 a million rows": "test_a_million_rows_stream_through_a_server_that_stays_small",
    "Q23 syntax errors": "test_a_syntax_error_has_its_place",
    "Q24, Q25 empty, too long, odd characters": "test_each_request_has_its_status",
    "Q25 half characters": "test_a_lone_surrogate_is_refused",
    "Q26 clients that leave": "test_a_client_that_leaves_frees_its_worker",
    "Q27 slow readers": "test_a_reader_that_is_too_slow_is_left",
    "Q28 hostile neighbours": "test_three_hostile_clients_do_not_disturb_a_healthy_one",
    "Q29 one client, fifty queries": "test_one_client_cannot_take_every_worker",
    "Q30 workers killed by hand": "test_workers_killed_by_hand_are_replaced",
    "Q31 a thousand kills": "test_a_thousand_kills_leak_nothing",
    "Q32 no worker can start": "test_a_server_without_workers_says_so_and_recovers",
    "Q33 the server is killed": "test_workers_end_with_a_server_that_is_killed",
    "H01, H02 half-sent requests": "test_half_a_request_is_not_waited_for_for_ever",
    "H03 huge bodies": "test_a_huge_body_is_refused_before_it_is_held",
    "H04 compressed bodies": "test_a_compressed_body_is_refused",
    "H05, H06 what is no HTTP": "test_what_is_no_http_is_answered_with_400_and_closed",
    "H05 bad chunks": "test_a_bad_chunk_gets_no_answer_to_the_query",
    "H05 two lengths": "test_a_declared_length_and_chunks_together_are_refused",
    "H07 long addresses, large heads": "test_a_long_address_and_large_headers_are_refused",
    "H08, H18 odd paths": "test_what_is_not_there_is_not_found",
    "H09 HEAD": "test_head_is_get_without_the_body",
    "H10 preflight": "test_other_pages_may_ask_before_they_post",
    "H11 cross-origin": "test_every_answer_is_for_everybody_and_executes_nothing",
    "H12 other methods": "test_other_methods_are_not_allowed",
    "H13 POST": "test_a_query_may_be_posted",
    "H13 wrong types": "test_what_is_no_query_operation_is_refused",
    "H14 Accept": "test_select_is_answered_in_the_format_accepted",
    "H14 nothing acceptable": "test_what_nobody_can_write_is_not_acceptable",
    "H15 browsers": "test_people_get_a_form",
    "H16 graphs of the request": "test_the_dataset_of_the_request_is_honoured_and_never_fetched",
    "H17 ranges": "test_a_part_of_a_file_is_given",
    "H19 links out of the site": "test_a_link_that_leads_out_of_the_site_is_nothing",
    "H20 validators of pages": "test_what_has_not_changed_is_not_sent_again",
    "H20 validators of answers": "test_who_has_an_answer_is_told_that_it_is_still_right",
    "H20 other data": "test_an_answer_is_named_by_the_data_it_comes_from",
    "H20 a new snapshot": "test_a_build_is_served_while_everybody_asks",
    "H21 compression": "test_answers_are_compressed_for_who_can_read_that",
    "H22 markup in errors": "test_a_query_is_never_markup",
    "H23 failing late": "test_too_large_an_answer_is_broken_off_and_no_one_can_take_it_for_whole",
    "H24 timeout=": "test_each_request_has_its_status",
    "H25 logs": "test_what_a_client_sends_stands_in_no_log",
    "H26 used ports": "test_a_port_in_use_is_told",
    "H26 other addresses": "test_a_host_that_others_can_reach_is_warned_of",
    "H27 forged addresses": "test_one_client_cannot_take_every_worker",
    "H27 a web server in front": "test_a_web_server_in_front_says_who_asks",
}


def test_every_fault_has_its_test() -> None:
    defined = {
        node.name
        for folder in ("query", "serve")
        for path in (TESTS / folder).glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert set(FAULTS.values()) <= defined


def test_no_fault_is_left_out() -> None:
    named: set[str] = set()
    for words in FAULTS:
        for part in words.split(" ")[:2]:
            first, _, last = part.strip(",").partition("-")
            if first[:1] in {"Q", "H"} and first[1:].isdigit():
                numbers = range(int(first[1:]), int(last[1:] if last else first[1:]) + 1)
                named |= {f"{first[0]}{number:02}" for number in numbers}
    assert named == {f"Q{n:02}" for n in range(1, 34)} | {f"H{n:02}" for n in range(1, 28)}
