namespace Rectify.Calendars;

/// <summary>A stretch of the civil year at whose end something falls due: 月底, 季度末, 上半年, 年底.</summary>
public enum CalendarPeriod { Month, Quarter, Half, Year }
