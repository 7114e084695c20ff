using System.Globalization;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Rounds, returns and their faults in the reader's words.</summary>
internal static class DispatchWords
{
    extension(Words words)
    {
        /// <summary>2019年3月整改任务月调度.</summary>
        public string Title(DispatchRound round) => words[$"dispatch.title.{round.Kind}", Plain(round.Period.Year), words.Counted(round.Period)];

        /// <summary>Until when a round's returns are in time: 2019年3月31日18:00; the day alone where it has no hour.</summary>
        public string Due(DispatchRound round) => round.DueAt is { } at ? words.Due(round.DueOn, TimeOnly.FromDateTime(words.Local(at).DateTime)) : words.Date(round.DueOn);

        /// <summary>A day with its hour: 2019年3月31日18:00.</summary>
        public string Due(DateOnly day, TimeOnly time) => words["dispatch.due.at", day, Hour(time)];

        /// <summary>3月, 第13周, 第1季度.</summary>
        public string Name(ReportPeriod period) => words[$"dispatch.period.{period.Kind}", words.Counted(period)];

        /// <summary>2019年3月, 2019年第1季度: where periods of several years stand beside each other.</summary>
        public string Dated(ReportPeriod period) => words["dispatch.period.dated", Plain(period.Year), words.Name(period)];

        /// <summary>The number of the week or quarter, the name of the month.</summary>
        private string Counted(ReportPeriod period) => period.Kind is CycleKind.Monthly ? words[$"dispatch.month.{period.Number}"] : Plain(period.Number);

        /// <summary>Where a return stands and for whom it waits: 已报，等雁湖市审核.</summary>
        public string Standing(ReturnState state, string with, bool atOffice) => state is ReturnState.Submitted
            ? words[atOffice ? "return.waits.office" : "return.waits.unit", with]
            : words[$"return.state.{state}"];

        /// <summary>What is wrong with a line, with its value, and what to do.</summary>
        public string Fault(LineFault fault, ReportPeriod period) => fault.Figure is { } figure
            ? words[$"line.fault.{fault.Key}", figure.Quantity.QuantityName, words.Scaled(fault.Value ?? 0, figure.Quantity), words.Scaled(fault.Against ?? figure.Before, figure.Quantity), words.Scaled(figure.Quantity.QuantityTarget ?? 0, figure.Quantity), words.Name(fault.Said ?? period)]
            : words[$"line.fault.{fault.Key}", fault.Text, words.Name(fault.Said ?? period)];

        /// <summary>What is corrected: a quantity's name, 完成进度, a node or measure.</summary>
        public string Corrected(CorrectionKind kind, string name) => kind is CorrectionKind.Figure ? name : words[$"correction.name.{kind}", name];

        /// <summary>How a corrected figure or day stands: 3.5座, 40%, a day, or that it did not happen.</summary>
        public string Standing(CorrectionKind kind, decimal? value, int scale, string unit, DateOnly? on) => kind is CorrectionKind.Node or CorrectionKind.Measure
            ? on is { } day ? words.Day(day) : words["correction.not-yet"]
            : value is { } figure ? words.Number(figure, scale) + unit : words["text.none"];

        /// <summary>How it stood as stated.</summary>
        public string Was(NamedCorrection one) => words.Standing(one.Stated.Kind, AtScale(one.Stated.Was, one.Scale), one.Scale, one.Unit, one.Stated.WasOn);

        /// <summary>How it should have stood.</summary>
        public string Becomes(NamedCorrection one) => words.Standing(one.Stated.Kind, AtScale(one.Stated.Value, one.Scale), one.Scale, one.Unit, one.Stated.On);

        public string Stated(FrozenStatement one) => words.Standing(one.Kind, AtScale(one.Value, one.Scale), one.Scale, one.Unit, one.On);

        public string Known(FrozenStatement one) => words.Standing(one.Kind, AtScale(one.Known, one.Scale), one.Scale, one.Unit, one.KnownOn);

        /// <summary>更正2019年3月“站点”：3.5座改为3.0座。多算一座。</summary>
        public string Correction(NamedCorrection one) => words["line.corrected.of", words.Dated(one.Round.Period), words.Corrected(one.Stated.Kind, one.Name), words.Was(one), words.Becomes(one), one.Stated.Reason];

        /// <summary>A figure kept as a whole number, with its unit: 54.6千米.</summary>
        public string Scaled(long value, Item quantity) => words.Figure(ItemDerivation.AtScale(value, quantity.QuantityScale), quantity);
    }

    /// <summary>A figure kept as a whole number as an input shows it: no groups, no unit.</summary>
    public static string Typed(long? value, int scale) =>
        value is { } figure ? ItemDerivation.AtScale(figure, scale).ToString($"F{scale}", CultureInfo.InvariantCulture) : "";

    /// <summary>18:00, in every language and as an input of times takes it.</summary>
    public static string Hour(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static decimal? AtScale(long? value, int scale) => value is { } figure ? ItemDerivation.AtScale(figure, scale) : null;

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
