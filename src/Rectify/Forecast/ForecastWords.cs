using Rectify.Platform.Text;

namespace Rectify.Forecast;

/// <summary>A forecast in the reader's words, no more exact than it is.</summary>
internal static class ForecastWords
{
    extension(Words words)
    {
        /// <summary>A chance to the nearest five percent: 约65%; never 0 or 100.</summary>
        public string Chance(double chance) => Rounded(chance) switch
        {
            0 => words["forecast.chance.hardly"],
            100 => words["forecast.chance.nearly"],
            var percent => words["forecast.chance", percent],
        };

        /// <summary>From when to when, with the likeliest half between: 2019-08-20 ~ 2020-03-01.</summary>
        public string Range(ItemForecast forecast) => forecast switch
        {
            { Early: { } early, Late: { } late } => words["forecast.range.days", words.Day(early), words.Day(late)],
            { Early: { } early } => words["forecast.range.open", words.Day(early)],
            _ => words["forecast.beyond"],
        };

        /// <summary>Why the forecast is as it is, a sentence each.</summary>
        public IEnumerable<string> Reasons(ItemForecast of)
        {
            if (of is { Task.Percent: { } percent, TimeGone: { } gone })
            {
                yield return gone >= 100 ? words["forecast.because.over", percent] : words["forecast.because.progress", percent, gone];
            }

            if (of.Pace is { } pace)
            {
                yield return words["forecast.because.pace", words.Number(pace.Had, 1), words.Number(pace.Needs, 1)];
            }

            yield return words["forecast.because.all", of.All.Ended, of.All.Met];
            yield return of.Like.Ended > 0 ? words["forecast.because.like", of.Like.Ended, of.Like.Met] : words["forecast.because.like.none"];
            if (of.MedianDelay is { } days)
            {
                yield return days > 0 ? words["forecast.because.late", days] : words["forecast.because.early", -days];
            }
        }
    }

    private static int Rounded(double chance) => 5 * (int)Math.Round(chance * 20, MidpointRounding.AwayFromZero);
}
