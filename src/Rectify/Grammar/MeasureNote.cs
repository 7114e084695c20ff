namespace Rectify.Grammar;

/// <summary>What a measure says about itself in brackets: （责任单位：市水务局；完成时限：2022年6月底前）, （市水务局牵头）.</summary>
internal readonly record struct MeasureNote(List<DraftUnit> Units, DraftDeadline? Deadline)
{
    private static readonly DateOnly AnyDay = new(2001, 1, 1);

    public static MeasureNote Read(Stretch measure, DateOnly? before)
    {
        var units = new List<DraftUnit>();
        DraftDeadline? deadline = null;
        var folded = measure.Folded;
        var end = folded.LastIndexOf(')');
        var start = end > 0 ? folded.LastIndexOf('(', end - 1) : -1;

        // Only a note at the end is about the whole measure. Brackets inside names of units close before it.
        if (start >= 0 && folded.AsSpan(end + 1).Trim("。;,").Trim().IsEmpty)
        {
            var note = measure.Slice(Open(folded, start, end) + 1, end);
            Fields(note, before, units, ref deadline);
        }

        return new(units, deadline);
    }

    private static void Fields(Stretch note, DateOnly? before, List<DraftUnit> units, ref DraftDeadline? deadline)
    {
        var hits = Line.Read(note).Hits;
        if (hits.Count == 0)
        {
            // （每季度）: how often, as a note to the whole.
            if (note.Length <= 16 && RecurrenceGrammar.Find(note.Folded) is { Start: 0 })
            {
                deadline = DeadlineGrammar.Read(note, before) is { Kind: DeadlineKind.Recurring } recurring ? recurring : deadline;
            }

            if (NamesRoles(note.Folded) || NamesUnits(note.Folded))
            {
                units.AddRange(UnitList.Read(note, DraftRole.Responsible));
            }

            return;
        }

        for (var i = 0; i < hits.Count; i++)
        {
            var value = note.Slice(hits[i].Value, i + 1 < hits.Count ? hits[i + 1].Start : note.Length).Trim(",;、", ",;、。");
            switch (hits[i].Field)
            {
                case Field.Units or Field.UnitsAndPersons:
                    units.AddRange(UnitList.Read(value, DraftRole.Responsible));
                    break;
                case Field.Lead or Field.LeadAndCooperate:
                    units.AddRange(UnitList.Read(value, DraftRole.Lead));
                    break;
                case Field.Cooperate:
                    units.AddRange(UnitList.Read(value, DraftRole.Cooperate));
                    break;
                case Field.Supervise:
                    units.AddRange(UnitList.Read(value, DraftRole.Supervise));
                    break;
                case Field.Accept:
                    units.AddRange(UnitList.Read(value, DraftRole.Accept));
                    break;
                case Field.Deadline:
                    deadline = DeadlineGrammar.Read(value, before);
                    break;
                default:
                    break;
            }
        }
    }

    private static bool NamesRoles(string note) =>
        note.Contains("牵头", StringComparison.Ordinal) || note.Contains("会同", StringComparison.Ordinal)
        || note.Split(',', ';').Any(part => part.TrimEnd() is var words && (words.EndsWith("负责", StringComparison.Ordinal) || words.EndsWith("配合", StringComparison.Ordinal)));

    // （市水利局、市住建局，2022年6月底前）: nothing but units, and dates. Places alone say where.
    private static bool NamesUnits(string note)
    {
        var parts = note.Split(',', ';');
        var dated = parts.Count(part => DeadlineGrammar.Steps(part.Trim(), AnyDay) is [{ Start: 0 }]);
        var names = parts.Where(part => DeadlineGrammar.Steps(part.Trim(), AnyDay).Count == 0).SelectMany(part => part.Split('、')).Select(name => name.Trim()).ToList();
        return names.Count > 0 && names.TrueForAll(name => name.Length > 2 && UnitList.LooksLikeUnit(name) && (dated > 0 || name[^1] is '局' or '厅' or '委' or '府' or '办'));
    }

    // The bracket that the last one closes: (责任单位:各县(市、区)政府).
    private static int Open(string text, int inner, int end)
    {
        var depth = 0;
        for (var i = end; i >= 0; i--)
        {
            depth += text[i] switch { ')' => 1, '(' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return inner;
    }
}
