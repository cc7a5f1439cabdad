"""项目: new ones, those of last year, and what stands where no form is yet."""
