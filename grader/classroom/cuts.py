"""What stands where an output was too long, in the language of the notebook."""

from __future__ import annotations

from grader.wall.safe.room import Notes

NOTES = {
    "en": Notes(),
    "ko": Notes(
        text="… {characters:,}자를 여기서 줄였어요 …",
        outputs="… 출력 {outputs:,}개를 더 줄였어요",
        picture="… {megabytes:.1f} MB 그림은 뺐어요",
        kind="… {kind} 형식의 출력은 보여 주지 않아요",
    ),
}
