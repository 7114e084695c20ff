namespace Rectify.Tasks.Timeline;

/// <summary>The status and light of an item on every day there is, as a pure function of dated facts.</summary>
/// <remarks>
/// <para>What counts on a day is what had happened by its end: facts dated later change no earlier day. Days to come are shown
/// as they will be if nothing further happens, so an open item is overdue from the day after its deadline.</para>
/// <para>Status, the first that applies: the step reached on the way to closing; draft; overdue; not started; behind (a node
/// missed or progress too low), which is 客观原因 while such a cause is recognised; nearly complete; ahead; on track.</para>
/// <para>Light: red if overdue, a node is long missed, progress is far below, or a returned or reopened item is not put right for
/// long after its deadline; yellow if behind by less, due soon and below what is planned, returned or reopened; else
/// green. An item that was red does not turn green at once: it stays yellow (<see cref="LightCode.CaughtUp"/>) for
/// <see cref="StatusRules.CatchUpDays"/> or until it reaches its next node on time. Declaring completion puts the light out.</para>
/// </remarks>
public static class ItemTimeline
{
    /// <summary>Spans in order, without gaps from the first date to the last, in which neighbours differ.</summary>
    /// <exception cref="ArgumentException">
    /// A fact lacks the number, value or date that its kind needs, or two nodes or two measures have one number.
    /// </exception>
    public static IReadOnlyList<Span> Compute(TimelineInput input)
    {
        var walk = new Walk(input.Rules.CatchUpDays);
        var state = new ItemState(input);
        var from = DateOnly.MinValue;
        foreach (var day in ItemState.InOrder(input).GroupBy(fact => fact.On))
        {
            AddSpans(walk, state, from, day.Key);
            foreach (var fact in day)
            {
                state.Apply(fact);
            }

            from = day.Key;
        }

        AddSpans(walk, state, from, DateOnly.MaxValue);
        return walk.Spans;
    }

    /// <summary>The span that a day lies in.</summary>
    public static Span On(this IReadOnlyList<Span> spans, DateOnly day)
    {
        var (low, high) = (0, spans.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = spans[middle].From <= day ? (middle, high) : (low, middle - 1);
        }

        return spans[low];
    }

    // Between facts the state stands still, and only the calendar moves: past known turning days, and past days on which
    // the growing expectation crosses a margin.
    private static void AddSpans(Walk walk, ItemState state, DateOnly from, DateOnly until)
    {
        if (from >= until)
        {
            return;
        }

        DateOnly[] cuts = [from, .. Evaluation.TurningDays(state).Where(day => day > from && day < until).Distinct().Order(), until];
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            if (state.Phase is Phase.Open)
            {
                AddByBand(walk, state, cuts[i], cuts[i + 1]);
            }
            else
            {
                walk.Add(state, cuts[i], cuts[i + 1], PlanBand.Unknown);
            }
        }
    }

    private static void AddByBand(Walk walk, ItemState state, DateOnly from, DateOnly until)
    {
        while (from < until)
        {
            var band = Evaluation.BandOf(state, from);
            var (low, high) = (from.DayNumber + 1, until.DayNumber);
            if (Evaluation.BandOf(state, until.AddDays(-1)) == band)
            {
                low = high;
            }

            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Evaluation.BandOf(state, DateOnly.FromDayNumber(middle)) == band ? (middle + 1, high) : (low, middle);
            }

            walk.Add(state, from, DateOnly.FromDayNumber(low), band);
            from = DateOnly.FromDayNumber(low);
        }
    }

    /// <summary>Collects spans in order and remembers when the item was last red.</summary>
    private sealed class Walk(int catchUpDays)
    {
        private DateOnly? notRedSince;
        private bool isRed;

        public List<Span> Spans { get; } = [];

        public void Add(ItemState state, DateOnly from, DateOnly until, PlanBand band)
        {
            var (status, light, reason) = Evaluation.Of(state, from, band);
            switch (light)
            {
                case Light.Red:
                    (isRed, notRedSince) = (true, null);
                    break;
                case Light.None:
                    (isRed, notRedSince) = (false, null);
                    break;
                default:
                    notRedSince = isRed ? from : notRedSince;
                    isRed = false;
                    break;
            }

            if (light is Light.Green && notRedSince is { } since)
            {
                var end = Evaluation.Later(since, catchUpDays);
                if (from < end && !(state.LastNodeOnTime > since))
                {
                    var stop = end < until ? end : until;
                    Append(new(from, stop, status, Light.Yellow, new(LightCode.CaughtUp, since, Until: end.AddDays(-1))));
                    from = stop;
                }
            }

            if (from < until)
            {
                Append(new(from, until, status, light, reason));
            }
        }

        private void Append(Span span)
        {
            if (Spans is [.., var last] && (last.Status, last.Light) == (span.Status, span.Light) && last.Reason == span.Reason)
            {
                Spans[^1] = last with { Until = span.Until };
            }
            else
            {
                Spans.Add(span);
            }
        }
    }
}
